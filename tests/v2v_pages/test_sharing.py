"""What social networks show of a link: https://ogp.me."""

from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops, ImageDraw
from pytest_django import Settings

from cms.urls import urlpatterns
from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    ProjectSettingsFactory,
    add_text,
)
from tests.sites import SiteTree, build_partnership, translate
from tests.texts import PARTNERSHIP
from tests.v2v_pages.documents import properties, read
from v2v_pages.sharing.card import MARGIN, Card, draw
from v2v_pages.sharing.typeface import Type
from v2v_snippets.language.collation import alphabet

LARGEST_IMAGE = 60 * 1024
SIZE = (1200, 630)
SHADES = 40


def card_at(address: str, client: Client | None = None) -> bytes:
    """Asks for the card of a page."""
    response = (client or Client()).get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    return bytes(response.content)


def opened(card: bytes) -> Image.Image:
    return Image.open(BytesIO(card)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int]:
    """Returns the box around what two pictures show differently, beyond shades of edges."""
    shades = ImageChops.difference(one, other).convert("L")
    box = shades.point([0] * SHADES + [255] * (256 - SHADES)).getbbox()
    assert box
    return box


def written(card: Image.Image) -> tuple[int, int, int, int]:
    """Returns the box outside of which a card has the colour of its corner alone."""
    return difference(card, Image.new("RGB", card.size, card.getpixel((0, 0))))


def test_a_shared_article_tells_its_languages_and_its_date(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off", tags=["visits"])
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", slug="avvio")

    told = properties(read("/en/news/kick-off/"))

    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_GB", "it_IT")
    assert told["og:url"] == "http://localhost/en/news/kick-off/"
    assert told["article:published_time"] == "2021-03-29"
    assert told["article:tag"] == "visits"


def test_a_shared_partner_is_not_taken_for_the_directory(site: SiteTree) -> None:
    school = build_partnership()[0].european_school
    add_text(school, "en", description="Trains bakers.")

    told = properties(read("/en/schools/apro-formazione/"))

    assert told["og:title"] == "APRO Formazione"
    assert told["og:description"] == "Trains bakers."
    assert told["og:url"] == "http://localhost/en/schools/apro-formazione/"
    assert told["og:image"] == "http://testserver/sharing/en/schools/apro-formazione.png"
    assert card_at("/sharing/en/schools/apro-formazione.png") != card_at("/sharing/en/schools.png")


def test_a_page_with_a_picture_is_shared_with_it(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off", listing_image=ImageFactory())

    told = properties(read("/en/news/kick-off/"))

    assert told["og:image"].startswith("http://testserver/media/images/")
    assert told["og:image:alt"] == "Learners at a workbench"


def test_a_page_without_picture_is_shared_with_a_card_of_its_title(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off", title="We began")

    told = properties(read("/en/news/kick-off/"))

    address = told["og:image"].removeprefix("http://testserver")
    assert address == "/sharing/en/news/kick-off.png"
    card = card_at(address)
    size = (told["og:image:width"], told["og:image:height"])
    assert size == tuple(map(str, opened(card).size)) == tuple(map(str, SIZE))
    assert told["og:image:alt"] == "We began"
    assert len(card) <= LARGEST_IMAGE


def test_a_card_follows_the_title_and_the_language_of_its_page(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off", title="We began")
    english = card_at("/sharing/en/news/kick-off.png")
    assert card_at("/sharing/en/news/kick-off.png") == english

    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Abbiamo cominciato", slug="avvio")
    article.title = "We have begun"
    article.save_revision().publish()

    cards = {card_at("/sharing/en/news/kick-off.png"), card_at("/sharing/it/notizie/avvio.png")}
    assert len(cards | {english}) == 3


def test_a_card_names_who_funds_the_project(site: SiteTree) -> None:
    before = opened(card_at("/sharing/en.png"))
    ProjectSettingsFactory()

    after = opened(card_at("/sharing/en.png"))

    _left, top, _right, _bottom = difference(before, after)
    assert written(before)[3] < top, "the line stands below all else"


@pytest.mark.parametrize(
    "state", [{"draft": True}, {"restriction": "login"}, {"restriction": "password"},
              {"expired": True}, {"scheduled": True}]
)  # fmt: skip
def test_what_the_public_cannot_read_has_no_card_even_for_editors(
    site: SiteTree, admin_client: Client, state: dict[str, Any]
) -> None:
    NewsPageFactory(parent=site.news, slug="hidden", **state)

    for client in (Client(), admin_client):
        response = client.get("/sharing/en/news/hidden.png")
        assert response.status_code == 404
        assert not response.cookies


@pytest.mark.parametrize(
    "address", ["admin.png", "en/nothing.png", "en/subscriptions.png", "api/v1/docs.png",
                "en/news/kick-off", "en.jpg", "en/news.png.png", "%00.png", ""]
)  # fmt: skip
def test_what_is_no_page_has_no_card(site: SiteTree, address: str) -> None:
    response = Client().get(f"/sharing/{address}")

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_page_read_elsewhere_has_its_card_there_alone(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", slug="avvio")

    assert Client().get("/sharing/it/news/kick-off.png").status_code == 404
    assert card_at("/sharing/fi/news/kick-off.png")


def test_any_cache_may_keep_a_card(site: SiteTree, admin_client: Client) -> None:
    response = admin_client.get("/sharing/en.png")

    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    known = {"If-None-Match": response.headers["ETag"]}
    assert Client().get("/sharing/en.png", headers=known).status_code == 304
    assert Client().post("/sharing/en.png").status_code == 405


def test_a_site_without_cards_is_shared_with_the_picture_of_the_project(
    site: SiteTree, settings: Settings
) -> None:
    own = ModuleType("addresses without cards")
    own.__dict__["urlpatterns"] = [each for each in urlpatterns if str(each.pattern) != "sharing/"]
    settings.ROOT_URLCONF = own

    told = properties(read("/en/"))

    found = finders.find("v2v_pages/sharing.png")
    assert found
    drawn = Path(found).read_bytes()
    assert told["og:image"].startswith("http://testserver/static/v2v_pages/sharing")
    size = (told["og:image:width"], told["og:image:height"])
    assert size == tuple(map(str, Image.open(BytesIO(drawn)).size))
    assert len(drawn) <= LARGEST_IMAGE


@pytest.mark.parametrize(
    "title",
    ["Word", "A title of usual length for an article", "words " * 60, "Donaudampfschiff" * 16],
    ids=["short", "usual", "long", "one word"],
)
def test_nothing_on_a_card_leaves_its_margins(title: str) -> None:
    card = opened(draw(Card(title, "Section " * 30, "Site " * 30, "Funding " * 30)))

    left, top, right, bottom = written(card)
    # letters that lean out of their own box take some pixels more
    assert left >= MARGIN - 4
    assert right <= SIZE[0] - MARGIN + 4
    assert top >= MARGIN - 10
    assert bottom <= SIZE[1] - 50


def test_every_letter_of_the_partnership_is_in_the_typeface() -> None:
    letters = {letter for language in PARTNERSHIP for letter in alphabet(language)}
    small = Type(20, 400)

    assert small.width("漢") == 0, "What the typeface lacks takes no room."
    assert inked(small, "漢") is None
    for sign in letters | {letter.lower() for letter in letters}:
        assert small.width(sign) > 0, sign
        assert inked(small, sign) is not None, sign


def inked(typeface: Type, text: str) -> tuple[int, int, int, int] | None:
    """Returns where a text leaves ink on a canvas; None for nowhere."""
    canvas = Image.new("L", (40, 40))
    typeface.write(ImageDraw.Draw(canvas), (5, 30), text, "white")
    return canvas.getbbox()


def test_signs_that_the_typeface_lacks_are_left_out() -> None:
    assert draw(Card("Two 漢字 signs")) == draw(Card("Two  signs"))
