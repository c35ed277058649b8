"""What is kept of a clipboard: headings, lists, links, tables, bold and italic; nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import v2v_pages

pytestmark = pytest.mark.browser

SCRIPTS = Path(v2v_pages.__file__).parent / "static" / "v2v_pages" / "pasting"
SAMPLES = Path(__file__).with_name("clipboard")

Clean = Callable[..., list[str]]


@pytest.fixture
def clean(chromium: Browser) -> Iterator[Clean]:
    """Cleans HTML with the script alone, and writes each block as one line."""
    page = chromium.new_page()
    page.evaluate((SCRIPTS / "cleaning.js").read_text(encoding="utf-8"))

    def lines(html: str, levels: list[int] | None = None) -> list[str]:
        script = "([html, levels]) => window.v2vPasting.clean(html, levels)"
        blocks = page.evaluate(script, [html, [2, 3] if levels is None else levels])
        return [line(block) for block in blocks]

    yield lines
    page.close()


def line(block: dict[str, Any]) -> str:
    """Writes a block in one line: ``h2: Words``, ``* item``, ``1. item`` or ``| cell | cell |``."""
    if block["tag"] == "table":
        rows = (
            " | ".join("; ".join(part["html"] for part in cell) for cell in row)
            for row in block["rows"]
        )
        return "".join(f"| {row} |" for row in rows)
    if block["tag"] == "li":
        return "  " * block["depth"] + ("1. " if block["ordered"] else "* ") + block["html"]
    return f"{block['tag']}: {block['html']}"


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.html").read_text(encoding="utf-8")


def test_terms_of_our_own_pages_are_words(clean: Clean) -> None:
    term = (
        '<button popovertarget="term-1">schools</button><span popover id="term-1"><b>x</b></span>'
    )

    assert clean(f"<p>Both {term} <button>Share</button>agree.</p>") == ["p: Both schools agree."]


def test_languages_are_not_kept_since_word_gives_one_to_every_word(clean: Clean) -> None:
    words = '<span lang="SQ">mirë</span> <a lang="la">et</a>'

    assert clean(f'<p lang="EN-GB">Say {words} there.</p>') == ["p: Say mirë et there."]


def test_word_for_desktops(clean: Clean) -> None:
    assert clean(sample("word-desktop")) == [
        "h2: Kick-off",
        "h2: First day",
        "p: The <b>common glossary</b> and the <i>map</i> &lt;draft&gt; come first.",
        "* Schools",
        "  * in Italy",
        "* Workshops",
        "1. Arrive",
        "h3: Details",
        (
            'p: See <a href="https://example.org/report?a=1">the report</a>,'
            ' <a href="mailto:office@example.org">write</a> or open. new'
        ),
        (
            "| <b>Session</b> | Hours || Opening | 2 |"
            '| Twinnings, <a href="https://example.org/">online</a> |  |'
        ),
        "p: The end.",
    ]


def test_word_online(clean: Clean) -> None:
    assert clean(sample("word-online")) == [
        "h2: Second day",
        "p: Both <b>schools</b><i> met</i>",
        "* Schools",
        "  * in Italy",
        "1. Arrive",
    ]


def test_google_docs(clean: Clean) -> None:
    assert clean(sample("google-docs")) == [
        "h2: Plan",
        'p: Read <b>this</b> at <a href="https://example.org/a">our site</a>',
        "* One",
        "  * Two",
        "* Three",
        "| Name | Place || SEDU | Seinäjoki |",
    ]


def test_libreoffice(clean: Clean) -> None:
    assert clean(sample("libreoffice")) == [
        "h2: Visits",
        "p: Two <b>weeks</b><br>in spring",
        "1. Go",
        "1. Return",
        "  * by train",
    ]


def test_a_web_page(clean: Clean) -> None:
    assert clean(sample("web-page")) == [
        "p: Menu",
        "h3: A visit",
        "p: First part",
        "p: Second <b>part</b>",
        'p: Go to <a href="https://example.org/?page=2">page two</a>, here or there',
        "p: A frame around words",
    ]


@pytest.mark.parametrize(
    ("levels", "kept"),
    [
        ([2, 3], ["h2: a", "h2: b", "h3: c", "h3: d"]),
        ([3], ["h3: a", "h3: b", "h3: c", "h3: d"]),
        ([], ["p: a", "p: b", "p: c", "p: d"]),
    ],
)
def test_headings_go_to_the_nearest_level_offered(
    clean: Clean, levels: list[int], kept: list[str]
) -> None:
    assert clean("<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>", levels) == kept


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "file:///C:/secret.docx",
        "data:text/html,x",
        "",
        "#x",
    ],
)
def test_no_other_kind_of_link_is_kept(clean: Clean, href: str) -> None:
    assert clean(f'<p>a <a href="{href}">link</a></p>') == ["p: a link"]


def test_a_link_through_a_redirect_leads_straight_on(clean: Clean) -> None:
    safe = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&data=x"
    bad = "https://www.google.com/url?q=javascript:alert(1)"

    assert clean(f'<a href="{safe}">a</a> <a href="{bad}">b</a>') == [
        'p: <a href="https://example.org/">a</a> b'
    ]


def test_cells_that_span_others_keep_the_columns_in_place(clean: Clean) -> None:
    html = "<table><tr><th colspan=2>A<th>B<tr><td>1<td>2<td>3<tr><td>4</table>"

    assert clean(html) == ["| A |  | B || 1 | 2 | 3 || 4 |  |  |"]


@pytest.mark.parametrize(
    "html",
    ["", "<p>&nbsp;</p>", "<img src=x onerror=alert(1)>", "<table></table>", "<ul><li></ul>"],
)
def test_nothing_to_read_is_nothing_kept(clean: Clean, html: str) -> None:
    assert clean(html) == []
