"""Page types and blocks of a host site come out whole, with the same care as our own."""

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api import export
from cms.api.schemas.items import OtherPageSchema
from tests.api.festival.models import (
    BulletinPage,
    DiaryPage,
    FestivalPage,
    Performer,
    Sponsor,
)
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory
from tests.sites import SiteTree
from v2v_pages.models import StandardPage

from .conftest import small_image

Get = Callable[..., Any]


def publish(parent: Any, page: Any) -> Any:
    """Publishes a page below ``parent``."""
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def make_festival(tree: SiteTree) -> Callable[..., FestivalPage]:
    """Publishes a festival with a value in every field."""

    def make(**fields: Any) -> FestivalPage:
        about = StandardPage.objects.filter(title="About").first()
        about = about or StandardPageFactory(parent=tree.home, title="About")
        image, document = small_image(), DocumentFactory()
        act = {
            "name": "Choir",
            "fee": "12.50",
            "about": f'<p><a linktype="page" id="{about.pk}">More</a><script>x</script></p>',
            "picture": image.pk,
            "score": document.pk,
            "page": about.pk,
            "guests": ["Ana", "Ben"],
            "extras": [{"type": "word", "value": "hi"}, {"type": "text", "value": "<p>x</p>"}],
        }
        values: dict[str, Any] = {
            "title": "Summer festival",
            "motto": f'<p>See <a linktype="page" id="{about.pk}">about</a></p>',
            "picture": image,
            "leaflet": document,
            "sponsor": Sponsor.objects.create(name="Bakery", account="IBAN"),
            "successor": about,
            "acts": [
                {"type": "act", "value": act, "id": "1"},
                {"type": "note", "value": "<p>Note</p>", "id": "2"},
                {"type": "shout", "value": "hey", "id": "3"},
                {"type": "paragraph", "value": "<p>Ours</p>", "id": "4"},
            ],
        }
        page = FestivalPage(**{**values, **fields})
        page.performers.add(Performer(name="Ana", portrait=small_image()))
        page.tags.add("music", "dance")
        festival: FestivalPage = publish(tree.home, page)
        return festival

    return make


def test_a_page_type_with_api_fields_appears_under_its_own_name(
    get: Get, make_festival: Callable[..., FestivalPage]
) -> None:
    make_festival()

    [item] = get("content/", type="festival.festivalpage").json()["items"]

    OtherPageSchema.model_validate(get("content/", fields="*").json()["items"][0])
    assert item["type"] == "other"
    assert item["page_type"] == "festival.festivalpage"
    assert item["title"] == "Summer festival"
    assert item["url"] == "http://localhost/en/summer-festival/"


def test_its_fields_come_out_with_links_resolved_and_text_sanitised(
    get: Get, make_festival: Callable[..., FestivalPage]
) -> None:
    festival = make_festival()

    values = get(f"content/{festival.translation_key}/").json()["values"]

    assert festival.successor
    assert festival.sponsor
    about = {
        "id": str(festival.successor.translation_key),
        "title": "About",
        "url": "http://localhost/en/about/",
    }
    assert values["motto"] == '<p>See <a href="http://localhost/en/about/">about</a></p>'
    assert values["opens_on"] == "2022-06-01"
    assert values["picture"]["srcset"]["webp"].startswith("http://localhost/media/")
    assert values["leaflet"]["url"].startswith("http://localhost/documents/")
    assert values["sponsor"] == {"id": festival.sponsor.pk, "name": "Bakery"}
    assert values["successor"] == about
    assert values["tags"] == ["dance", "music"]
    assert [performer["name"] for performer in values["performers"]] == ["Ana"]
    assert values["performers"][0]["portrait"]["width"] == 16
    assert values["greeting"] == "Welcome to Summer festival"
    assert values["thumbnail"]["width"] == 10
    assert "internal" not in str(values)
    assert "IBAN" not in str(values)


def test_its_blocks_are_other_blocks_and_ours_stay_typed(
    get: Get, make_festival: Callable[..., FestivalPage]
) -> None:
    festival = make_festival()

    act, note, shout, paragraph = get(f"content/{festival.translation_key}/").json()["values"][
        "acts"
    ]

    assert (act["type"], act["block"], act["id"]) == ("other", "act", "1")
    value = act["value"]
    assert value["fee"] == 12.5
    assert value["about"] == '<p><a href="http://localhost/en/about/">More</a></p>'
    assert value["picture"]["credit"] == "Photo: V2V"
    assert value["score"]["title"]
    assert value["page"]["title"] == "About"
    assert value["guests"] == ["Ana", "Ben"]
    assert value["extras"] == [
        {"id": None, "type": "other", "block": "word", "value": "hi"},
        {"id": None, "type": "paragraph", "html": "<p>x</p>"},
    ]
    assert note["value"] == "<p>Note</p>"
    assert shout["value"] == {"shout": "HEY"}
    assert paragraph == {"id": "4", "type": "paragraph", "html": "<p>Ours</p>"}


def test_what_is_not_public_stays_out_of_its_fields(
    get: Get, make_festival: Callable[..., FestivalPage], tree: SiteTree
) -> None:
    draft = StandardPageFactory(parent=tree.home, title="Secret", draft=True)
    act = {"name": "x", "fee": None, "about": "", "page": draft.pk, "guests": [], "extras": []}
    festival = make_festival(
        successor=draft,
        motto=f'<p><a linktype="page" id="{draft.pk}">text</a></p>',
        acts=[{"type": "act", "value": act, "id": "1"}],
        picture=None,
        sponsor=None,
        leaflet=None,
    )

    answer = get(f"content/{festival.translation_key}/")

    values = answer.json()["values"]
    assert values["successor"] is None
    assert values["motto"] == "<p>text</p>"
    assert values["acts"][0]["value"]["page"] is None
    assert "Secret" not in answer.content.decode()


def test_a_listed_page_is_shown_as_in_lists(get: Get, tree: SiteTree) -> None:
    cover = ImageFactory(description="Cover")
    publish(tree.home, BulletinPage(title="Bulletin", cover=cover))

    [item] = get("content/", type="festival.bulletinpage").json()["items"]

    assert item["summary"] == "What is in it"
    assert item["image"]["alt"] == "Cover"
    assert item["values"] == {"teaser": "What is in it"}


def test_a_page_type_without_api_fields_does_not_appear(get: Get, tree: SiteTree) -> None:
    diary = publish(tree.home, DiaryPage(title="Diary"))

    assert get("content/", type="festival.diarypage").status_code == 400
    assert get(f"content/{diary.translation_key}/").status_code == 404
    assert "Diary" not in get("content/", limit=100).content.decode()


def test_its_lists_cost_the_same_queries_whatever_their_length(
    get: Get, make_festival: Callable[..., FestivalPage], tree: SiteTree
) -> None:
    for number in range(5):
        make_festival(slug=f"f-{number}", opens_on=date(2022, 6, number + 1))
        publish(tree.home, BulletinPage(title=f"Bulletin {number}", cover=small_image()))

    for kind in ("festivalpage", "bulletinpage"):
        costs = set()
        for limit in (1, 5):
            # a field with a serializer of its own, or a block that represents itself, asks for
            # itself; all others are counted
            parameters = {"type": f"festival.{kind}", "limit": limit}
            get("content/", **parameters)
            with CaptureQueriesContext(connection) as captured:
                get("content/", **parameters)
            costs.add(len(captured))
        assert len(costs) == 1, (kind, costs)


def test_each_chunk_of_an_export_costs_the_same_queries_whatever_is_in_it(
    client: Client, tree: SiteTree
) -> None:
    def cost(chunk: int) -> int:
        with patch.object(export, "CHUNK", chunk), CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/export.ndjson?type=festival.bulletinpage").getvalue()
        return len(captured)

    def make(number: int) -> None:
        publish(tree.home, BulletinPage(title=f"Bulletin {number}", cover=small_image()))

    for number in range(4):
        make(number)
    cost(2)
    small = cost(2)
    for number in range(4, 8):
        make(number)

    assert cost(4) == small
