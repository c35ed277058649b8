"""What the guide for Joomla shows survives Joomla's text filter where the guide says so."""

import re

import feedparser
import pytest

from tests.partners.conftest import EXAMPLES, FEED
from tests.partners.double import Pages
from tests.partners.joomla import BLOCKED_TAGS, kept_by_joomla


def example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def in_one_line(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ('<script>alert("a")</script>', 'alert("a")'),
        ('<a href="java&#115;cript:x">a</a>', '<a href="java115;cript:x">a</a>'),
        ('<a href="JavaScript:x">a</a>', "<a>a</a>"),
        ('<form action="/x"><b hidden>a &amp; b</b></form>', "<form><b>a &amp; b</b></form>"),
    ],
)
def test_the_imitation_takes_out_what_joomla_does(html: str, kept: str) -> None:
    assert kept_by_joomla(html) == kept


def test_most_authors_can_write_neither_a_frame_nor_a_component() -> None:
    assert kept_by_joomla(example("frame.html")).strip() == ""
    component = kept_by_joomla(example("component.html"))
    assert in_one_line(component).strip() == '<a href="https://v2v.example/sq/">V2V</a>'


def test_a_frame_stays_whole_where_authors_may_write_it() -> None:
    frame = example("frame.html")

    kept = kept_by_joomla(frame, BLOCKED_TAGS - {"iframe"})

    assert in_one_line(kept) == in_one_line(frame)
    assert all(f'{name}="' in kept for name in ("src", "title", "loading", "sandbox"))


def test_licence_funding_and_footnotes_stay_whole_in_a_module_of_ones_own(site: Pages) -> None:
    """They stand at the end of each text of the feed, from where an administrator takes them."""
    _headers, content = site.pages[FEED]
    texts = [entry.content[0].value for entry in feedparser.parse(content).entries]

    for text in texts:
        kept = kept_by_joomla(text)
        for words in ("Funded by the European Union.", "without prejudice", "CC BY 4.0"):
            assert words in kept
        links = re.compile(r'<a [^>]*href="([^"]+)"')
        assert links.findall(kept) == links.findall(text) != []


def test_a_text_of_the_feed_is_whole_without_its_pictures(site: Pages) -> None:
    """*Feed Display* shows it unfiltered, but for its pictures."""
    _headers, content = site.pages[FEED]
    for entry in feedparser.parse(content, sanitize_html=False).entries:
        shown = re.sub(r"<[/]?img.*?>", "", entry.content[0].value)

        assert "Funded by the European Union." in shown
        assert "<script" not in shown
