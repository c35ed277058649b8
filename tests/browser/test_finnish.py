"""An article in Finnish, whose words are longer than those of others, looks as it should.

The demo has none, so as to show how a language without translations is served.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser.loads import excesses, load
from tests.browser.looks import WIDTHS, Place, barriers, sideways
from tests.factories import NewsPageFactory
from tests.sites import translate
from v2v_pages.blocks import StoryBlock
from v2v_pages.models import HomePage, NewsIndexPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTICLE = "/fi/uutiset/yhteistyo/"
TEXT = """
<h2>Työpaikalla tapahtuvan oppimisen laadunvarmistus</h2>
<p>Oppilaitokset sopivat työturvallisuusperehdytyksen vähimmäisvaatimuksista.</p>
<ul><li>tutkintojen tunnustaminen</li><li>vakuutusturvan tarkistaminen</li></ul>
"""
TABLE = {
    "caption": "Yhteistyökokoukset",
    "columns": [
        {"type": "text", "heading": "Vastaanottava organisaatio"},
        {"type": "number", "heading": "Osallistujamäärä"},
    ],
    "rows": [{"values": ["Ammatillinen oppilaitos", 12]}],
}


@pytest.fixture(autouse=True)
def finnish_article(demo: str) -> None:
    """An article in Finnish below a Finnish list; the rest of the site stays as it is."""
    home = HomePage.objects.get(locale__language_code="en")
    translate(home, "fi")
    news = translate(
        NewsIndexPage.objects.get(locale__language_code="en"), "fi", title="Uutiset", slug="uutiset"
    )
    NewsPageFactory(
        parent=news,
        slug="yhteistyo",
        title="Ammatillisten oppilaitosten kansainvälistymisyhteistyö käynnistyi",
        summary="Viisi eurooppalaista ja viisi länsibalkanilaista oppilaitosta tekee yhteistyötä.",
        body=body(),
    )


def body() -> list[tuple[str, Any]]:
    """Returns blocks whose headings and cells hold long words."""
    return [
        ("paragraph", TEXT),
        (
            "callout",
            {
                "tone": "tip",
                "heading": "Maahantulovaatimukset",
                "text": "<p>Tarkistakaa matkustusasiakirjat ajoissa.</p>",
            },
        ),
        ("table", StoryBlock().child_blocks["table"].to_python(TABLE)),
    ]


def test_an_article_in_finnish_keeps_nobody_out(page: Page) -> None:
    problems: dict[Place, object] = {}
    for width in WIDTHS:
        problems |= barriers(page, ARTICLE, width)

    assert problems == {}


def test_an_article_in_finnish_never_scrolls_sideways(page: Page) -> None:
    assert sideways(page, ARTICLE) == []


def test_an_article_in_finnish_is_valid_html(
    html_errors: Callable[[Mapping[str, str]], str],
) -> None:
    answer = Client().get(ARTICLE)

    assert answer.status_code == 200
    assert 'lang="fi"' in answer.content.decode()
    assert html_errors({ARTICLE: answer.content.decode()}) == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_in_finnish_is_light(demo: str, chromium: Browser, width: int) -> None:
    found = load(chromium, demo + ARTICLE, width=width).without_images()

    assert excesses(found, is_cyrillic=False) == {}
    assert found.total("/fonts/"), "the fonts were not seen"
