"""A site with articles that refer to everything an article can refer to."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.signal_handlers import disable_reference_index_auto_update

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    DocumentFactory,
    FundingStatementFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    ProjectSettingsFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, build_site, kept_for_a_module, linked
from v2v_pages.models import NewsPage, TwinningStoryPage
from v2v_snippets.images import PICTURE_SIZES


@pytest.fixture(scope="module")
def built_tree(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """What ``tree`` is a copy of, made once for the tests of a module."""
    with kept_for_a_module(django_db_blocker):
        built = build_site("it", "sq")
        with django_db_blocker.block():
            yield built


@pytest.fixture
def tree(built_tree: SiteTree, db: None) -> SiteTree:
    """An English site without articles, with home pages in Italian and Albanian."""
    return deepcopy(built_tree)


@pytest.fixture
def logged(tree: SiteTree) -> SiteTree:
    """The site, whose log has begun with its pages."""
    refresh_change_log()
    return tree


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """Asks the API: ``get("news/", limit=3)``."""

    def ask(path: str, **parameters: Any) -> Any:
        return client.get(f"/api/v1/{path}", parameters)

    return ask


def small_image() -> Any:
    """Makes an image whose versions need not be computed: they are rows with the same file."""
    image = ImageFactory(file__width=16, file__height=10)
    rows = {"image": image, "file": image.file.name, "width": 16, "height": 10}
    model = image.get_rendition_model()
    model.objects.bulk_create(
        model(filter_spec=spec, **rows) for spec in PICTURE_SIZES["body"].specs
    )
    return image


def block(kind: str, value: Any) -> dict[str, Any]:
    """Returns a block as a body stores it."""
    return {"type": kind, "value": value, "id": f"id-of-{kind}"}


@pytest.fixture
def rich_body(tree: SiteTree) -> Callable[[], list[dict[str, Any]]]:
    """Returns a body with one block of each kind, with records of its own."""

    def body() -> list[dict[str, Any]]:
        image, document = small_image(), linked(DocumentFactory())
        consent = PersonConsentFactory(partner=PartnerFactory())
        picture = {
            "image": {"image": image.pk, "alt_text": "Two learners", "decorative": False},
            "caption": "In the workshop",
            "consents": [consent.pk],
        }
        portrait = {"image": image.pk, "alt_text": "", "decorative": True}
        return [
            block("paragraph", linking_paragraph(tree, document)),
            block("quote", {"quote": "We met.", "consent": consent.pk, "source": ""}),
            *plain_blocks("callout", "table"),
            block("image", picture),
            block("gallery", [picture, picture]),
            *plain_blocks("video"),
            block("documents", {"heading": "Files", "documents": [document.pk]}),
            *plain_blocks("twinnings", "timeline"),
            block("people", [{"consent": consent.pk, "image": portrait, "text": "Teaches"}]),
        ]

    return body


def plain_blocks(*kinds: str) -> list[dict[str, Any]]:
    """Returns blocks that refer to no record."""
    return [block(kind, PLAIN_BLOCKS[kind]) for kind in kinds]


def linking_paragraph(tree: SiteTree, document: Any) -> str:
    """Returns rich text with a link to a page, to a document and to another site."""
    return (
        f'<h2>Start</h2><p>See <a linktype="page" id="{tree.partners.pk}">schools</a>, '
        f'<a linktype="document" id="{document.pk}">programme</a>, '
        '<a href="https://example.org/">more</a>.</p>'
    )


PLAIN_BLOCKS: dict[str, Any] = {
    "callout": {"tone": "tip", "heading": "First", "text": "<p>Ask.</p>"},
    "table": {
        "caption": "Sessions",
        "columns": [
            {"type": "text", "heading": "Session"},
            {"type": "number", "heading": "Hours"},
            {"type": "rich_text", "heading": "Notes"},
        ],
        "rows": [{"values": ["Opening", "2.5", "<p>Online</p>"]}],
    },
    "video": {"title": "A day", "url": "https://video.example/day", "description": ""},
    "twinnings": {"heading": "Pairs", "twinnings": []},
    "timeline": {
        "heading": "When",
        "entries": [
            {
                "starts_on": "2021-03-15",
                "ends_on": "2021-03-25",
                "precision": "day",
                "title": "Kick-off",
                "text": "",
            }
        ],
    },
}
"""The blocks that refer to no record."""


@pytest.fixture
def without_index() -> Iterator[None]:
    """Publishes faster: nobody asks here where the records are used."""
    with disable_reference_index_auto_update():
        yield


@pytest.fixture
def make_news(
    tree: SiteTree, rich_body: Callable[[], list[dict[str, Any]]], without_index: None
) -> Callable[[int], list[NewsPage]]:
    """Publishes articles, newest first, each with all that an article can have."""
    ProjectSettingsFactory()

    def publish(count: int) -> list[NewsPage]:
        return [
            NewsPageFactory(
                parent=tree.news,
                body=rich_body(),
                listing_image=small_image(),
                tags=["visits", f"tag-{number}"],
                authors=[PartnerFactory()],
                twinnings=[TwinningFactory()],
                funding_statement=FundingStatementFactory(),
                published_on=date(2021, 3, 29) - timedelta(days=number),
            )
            for number in range(count)
        ]

    return publish


@pytest.fixture
def make_stories(
    tree: SiteTree, rich_body: Callable[[], list[dict[str, Any]]], without_index: None
) -> Callable[[int], list[TwinningStoryPage]]:
    """Publishes stories, newest first, each with all that a story can have."""

    def publish(count: int) -> list[TwinningStoryPage]:
        return [
            TwinningStoryPageFactory(
                parent=tree.twinnings,
                body=rich_body(),
                listing_image=small_image(),
                published_on=date(2021, 4, 29) - timedelta(days=number),
            )
            for number in range(count)
        ]

    return publish
