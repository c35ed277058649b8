"""An issue as a letter: what is in it, and what can never be missing."""

import re
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from communication.newsletters.rendering.issues import draft_letter
from communication.newsletters.rendering.placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL
from tests.factories import ImageFactory, NewsPageFactory
from tests.issues import (
    SITE,
    NewsletterPageFactory,
    event,
    feature,
    figure,
    letter_of,
    tags,
)
from tests.sites import translate

LARGEST = 90 * 1024


@pytest.fixture
def article(articles: Any) -> Any:
    return NewsPageFactory(
        parent=articles, title="We met", summary="Ten & two.", listing_image=ImageFactory()
    )


@pytest.fixture
def issue(archive: Any, article: Any) -> Any:
    """An issue with a block of each kind."""
    return NewsletterPageFactory(
        parent=archive,
        body=[
            feature(article),
            ("heading", "Dates <soon>"),
            event(title="Meeting", url="https://meeting.example/?a=1&b=2"),
            ("text", '<p>Read <a href="https://other.example/">this</a>.</p><ul><li>One</li></ul>'),
            figure(caption="At work"),
        ],
    )


def test_a_letter_says_its_language_and_its_title(issue: Any) -> None:
    html = letter_of(issue).html

    assert tags(html, "html")[0]["lang"] == "en"
    assert f"<title>{issue.subject}</title>" in html
    assert f"<h1 {html.partition('<h1 ')[2].partition('>')[0]}>{issue.subject}</h1>" in html


def test_programs_show_the_preheader_and_readers_do_not(issue: Any) -> None:
    html = letter_of(issue).html

    hidden = next(each for each in tags(html, "div") if "display:none" in each.get("style", ""))
    assert hidden
    assert html.count(issue.preheader) == 1


def test_tables_are_for_looks_alone_and_no_wider_than_600_pixels(issue: Any) -> None:
    html = letter_of(issue).html

    assert {table.get("role") for table in tags(html, "table")} == {"presentation"}
    styles = [each.get("style", "") for each in tags(html, "div")]
    assert set(re.findall(r"max-width:(\d+)px", " ".join(styles))) <= {"0", "600"}
    assert max(int(picture["width"]) for picture in tags(html, "img")) <= 552


def test_a_letter_has_colours_for_dark_screens(issue: Any) -> None:
    html = letter_of(issue).html

    assert {"name": "color-scheme", "content": "light dark"} in tags(html, "meta")
    assert "prefers-color-scheme" in html


def test_nothing_is_loaded_from_third_parties(issue: Any) -> None:
    html = letter_of(issue).html

    assert all(picture["src"].startswith(f"{SITE}/") for picture in tags(html, "img"))
    assert tags(html, "img")
    assert not tags(html, "script")
    assert not [link for link in tags(html, "link") if link.get("rel") == "stylesheet"]
    assert "@import" not in html
    assert "url(" not in html


def test_every_picture_says_what_it_shows(issue: Any) -> None:
    descriptions = [picture.get("alt") for picture in tags(letter_of(issue).html, "img")]

    assert descriptions == ["Learners at a workbench", "A lathe"]


def test_every_link_is_absolute(issue: Any) -> None:
    links = [link["href"] for link in tags(letter_of(issue).html, "a")]

    assert all(re.match(r"https?://", link) for link in links)
    assert f"{SITE}/en/news/we-met/" in links
    assert "https://meeting.example/?a=1&b=2" in links
    assert f"{SITE}/en/newsletters/first-issue/" in links


def test_a_page_comes_with_its_own_words_unless_the_issue_has_others(
    archive: Any, article: Any
) -> None:
    own = NewsletterPageFactory(parent=archive, body=[feature(article)])
    other = NewsletterPageFactory(
        parent=archive, title="Second", body=[feature(article, title="Met!", text="All of us.")]
    )

    assert all(words in letter_of(own).text for words in ("We met", "Ten & two.", "29 March 2021"))
    assert all(words in letter_of(other).text for words in ("Met!", "All of us."))
    assert "Ten & two." not in letter_of(other).text


def test_the_text_is_made_of_the_same_blocks(issue: Any) -> None:
    text = letter_of(issue).text

    for words in (
        "We met\n",
        f"{SITE}/en/news/we-met/",
        "== Dates <soon> ==",
        "14–16 May 2030, 10:00 CET · Podgorica",
        "Read [this](https://other.example/).",
        "* One",
        "[A lathe]\nAt work",
        f"Unsubscribe:\n{UNSUBSCRIBE_URL}",
    ):
        assert words in text
    assert "<p>" not in text
    assert not re.search(r"\n{3}", text)


@pytest.mark.parametrize("part", ["html", "text"])
def test_who_sends_and_who_pays_stands_below_whatever_the_editor_writes(
    archive: Any, part: str
) -> None:
    empty = NewsletterPageFactory(parent=archive, body=[], lead="<p>Hello.</p>")

    letter = getattr(letter_of(empty), part).replace("&#x27;", "'")

    for line in (
        "APRO Formazione",
        "12051 Alba",
        "Funded by the European Union.",
        "This communication reflects only the author's view.",
        UNSUBSCRIBE_URL,
        PREFERENCES_URL,
    ):
        assert line in letter


def test_markup_in_words_stays_words(archive: Any, articles: Any) -> None:
    article = NewsPageFactory(parent=articles, title="<mj-raw>&amp;", summary="</mj-text><b>x")
    issue = NewsletterPageFactory(
        parent=archive, subject='"A" <b> & {{ b }}', body=[feature(article)]
    )

    letter = letter_of(issue)

    assert letter.subject == '"A" <b> & {{ b }}'
    assert "&lt;mj-raw&gt;&amp;amp;" in letter.html
    assert "&lt;/mj-text&gt;&lt;b&gt;x" in letter.html


def test_scripts_and_foreign_pictures_in_texts_are_left_out(archive: Any) -> None:
    text = '<p onclick="x()">Hi<script>y()</script><img src="https://pixel.example/1.gif"></p>'
    issue = NewsletterPageFactory(parent=archive, body=[("text", text)])

    html = letter_of(issue).html

    assert "pixel.example" not in html
    assert "onclick" not in html
    assert "y()" not in html


@pytest.mark.parametrize("state", ["draft", "expired", "scheduled", "restricted", "deleted"])
def test_what_nobody_may_read_is_left_out_and_named(
    archive: Any, articles: Any, state: str
) -> None:
    article = NewsPageFactory(parent=articles, title="Secret plan", listing_image=ImageFactory())
    issue = NewsletterPageFactory(parent=archive, body=[feature(article)])
    match state:
        case "draft":
            article.unpublish()
        case "expired":
            type(article).objects.filter(pk=article.pk).update(expire_at="2021-01-01T00:00Z")
        case "scheduled":
            type(article).objects.filter(pk=article.pk).update(
                live=False, go_live_at="2031-01-01T00:00Z"
            )
        case "restricted":
            PageViewRestriction.objects.create(page=article, restriction_type="login")
        case _:
            article.delete()

    draft = draft_letter(issue, "en", site_url=SITE)

    assert "Secret plan" not in draft.letter.html + draft.letter.text
    assert draft.left_out == (["Secret plan"] if state != "deleted" else draft.left_out)


def test_a_large_issue_stays_below_what_programs_cut(archive: Any, articles: Any) -> None:
    pages = [
        NewsPageFactory(parent=articles, summary="A sentence of some length. " * 12)
        for _each in range(20)
    ]
    issue = NewsletterPageFactory(parent=archive, body=[feature(page) for page in pages])

    assert len(letter_of(issue).html.encode()) < LARGEST


def test_a_letter_costs_the_same_queries_whatever_is_in_it(
    archive: Any, articles: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def written(number: int) -> Any:
        pages = [
            NewsPageFactory(parent=articles, listing_image=ImageFactory())
            for _each in range(number)
        ]
        texts = [("text", f'<p><a linktype="page" id="{page.pk}">x</a></p>') for page in pages]
        body = [*(feature(page) for page in pages), *texts]
        return NewsletterPageFactory(parent=archive, title=f"Of {number}", body=body)

    few, many = written(1), written(5)
    for issue in (few, many):
        letter_of(issue)  # renditions are made, and Wagtail knows the site's roots

    with django_assert_max_num_queries(25) as one:
        letter_of(few)
    with django_assert_max_num_queries(25) as five:
        letter_of(many)
    assert len(one) == len(five)


def test_pages_are_named_in_the_language_of_the_letter(
    archive: Any, article: Any, articles: Any
) -> None:
    translate(articles, "it", title="Notizie")
    translate(article, "it", title="Ci siamo incontrati", summary="Dieci.", slug="incontro")
    issue = NewsletterPageFactory(parent=archive, body=[feature(article)])
    translate(archive, "it")
    translate(issue, "it", subject="Primavera", lead="<p>Ciao.</p>")

    letter = letter_of(issue, "it")

    assert letter.subject == "Primavera"
    assert letter.language == "it"
    assert "Ci siamo incontrati" in letter.html
    assert f"{SITE}/it/news/incontro/" in letter.text
    assert "29 marzo 2021" in letter.text
    assert tags(letter.html, "html")[0]["lang"] == "it"


def test_a_page_without_translation_is_marked_with_its_language(archive: Any, article: Any) -> None:
    issue = NewsletterPageFactory(parent=archive, body=[feature(article)])
    translate(archive, "it")
    translate(issue, "it", subject="Primavera", lead="<p>Ciao.</p>")

    letter = letter_of(issue, "it")

    assert any(heading.get("lang") == "en" for heading in tags(letter.html, "h2"))
    assert f"{SITE}/it/news/we-met/" in letter.text


def test_there_is_no_letter_in_a_language_without_a_version(issue: Any) -> None:
    with pytest.raises(LookupError, match="'fi'"):
        letter_of(issue, "fi")
