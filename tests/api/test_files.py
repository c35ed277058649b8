"""Images and files: those that public pages show, and no others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import CollectionViewRestriction

from cms.api.schemas.files import DocumentListSchema, ImageListSchema
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
)
from tests.sites import SiteTree

from .conftest import block, small_image
from .test_queries import queries_of

Get = Callable[..., Any]


def identifiers(answer: Any) -> set[str]:
    """Returns the identifiers of the items of a list."""
    assert answer.status_code == 200, answer.content
    return {item["id"] for item in answer.json()["items"]}


def with_file(tree: SiteTree, document: Any, **fields: Any) -> Any:
    """Makes a page that offers a file."""
    body = [block("documents", {"heading": "", "documents": [document.pk]})]
    return StandardPageFactory(parent=tree.home, body=body, **fields)


def picture(image: Any, *consents: Any) -> dict[str, Any]:
    """Returns a block with a picture of people."""
    shown = {"image": image.pk, "alt_text": "", "decorative": True}
    keys = [consent.pk for consent in consents]
    return block("image", {"image": shown, "caption": "", "consents": keys})


def test_an_image_of_a_public_page_comes_with_all_that_must_be_shown(
    get: Get, tree: SiteTree
) -> None:
    image = small_image()
    NewsPageFactory(parent=tree.news, listing_image=image)

    whole = get("images/", fields="*").json()
    item = get(f"images/{image.public_id}/").json()

    ImageListSchema.model_validate(whole, extra="forbid")
    assert whole["items"] == [item]
    assert item["alt"] == "Learners at a workbench"
    assert item["credit"] == "Photo: V2V"
    assert {size for version in item["renditions"] for size in version["sizes"]} == {"body", "half"}
    assert {rendition["format"] for rendition in item["renditions"]} == {"avif", "webp", "jpeg"}


def test_a_version_that_a_reader_has_made_is_listed_at_once(
    get: Get, tree: SiteTree, client: Client, kept_facts: None
) -> None:
    image = ImageFactory(file__width=48, file__height=30)
    page = NewsPageFactory(parent=tree.news, listing_image=image)
    before = get(f"images/{image.public_id}/")

    client.get(page.url)
    after = get(f"images/{image.public_id}/")

    assert sizes(before) == {"body", "half"}
    assert sizes(after) == {"body", "half", "social"}
    assert before["ETag"] != after["ETag"]


def sizes(answer: Any) -> set[str]:
    """Returns the places for which an image has versions."""
    return {size for version in answer.json()["renditions"] for size in version["sizes"]}


def test_a_file_of_a_public_page_comes_with_its_title(get: Get, tree: SiteTree) -> None:
    document = DocumentFactory(title="Programme")
    with_file(tree, document)

    whole = get("documents/", fields="*").json()

    DocumentListSchema.model_validate(whole, extra="forbid")
    assert whole["items"] == [get(f"documents/{document.public_id}/").json()]
    assert whole["items"][0]["title"] == "Programme"
    assert whole["items"][0]["extension"] == "txt"


@pytest.mark.parametrize(
    "state", [{"draft": True}, {"scheduled": True}, {"expired": True}, {"restriction": "login"}]
)
def test_what_no_public_page_shows_is_not_there(
    get: Get, tree: SiteTree, state: dict[str, Any]
) -> None:
    image, document = small_image(), DocumentFactory()
    NewsPageFactory(parent=tree.news, listing_image=image, **state)
    with_file(tree, document, **state)
    changed = NewsPageFactory(parent=tree.news)
    changed.listing_image = image
    changed.save_revision()
    ImageFactory(file__width=16)

    assert identifiers(get("images/")) == identifiers(get("documents/")) == set()
    assert get(f"images/{image.public_id}/").status_code == 404
    assert get(f"documents/{document.public_id}/").status_code == 404


def test_a_closed_collection_gives_nothing_out(get: Get, tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    closed = image.collection.add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    for record in (image, document):
        record.collection = closed
        record.save()
    NewsPageFactory(parent=tree.news, listing_image=image)
    with_file(tree, document)

    assert identifiers(get("images/")) == identifiers(get("documents/")) == set()


def test_a_picture_leaves_with_the_consent_of_those_on_it(get: Get, tree: SiteTree) -> None:
    held, ended = small_image(), small_image()
    body = [picture(held, PersonConsentFactory())]
    NewsPageFactory(parent=tree.news, body=body)
    NewsPageFactory(parent=tree.news, body=[picture(ended, PersonConsentFactory(ended=True))])

    assert identifiers(get("images/")) == {str(held.public_id)}
    assert get(f"images/{ended.public_id}/").status_code == 404


def test_the_logo_of_a_partner_is_public(get: Get, tree: SiteTree) -> None:
    logo = small_image()
    PartnerFactory(logo=logo)

    assert identifiers(get("images/")) == {str(logo.public_id)}


def test_images_and_files_cost_the_same_queries_whatever_their_number(
    get: Get, tree: SiteTree
) -> None:
    for _number in range(5):
        NewsPageFactory(parent=tree.news, listing_image=small_image())
        with_file(tree, DocumentFactory())

    for path in ("images/", "documents/"):
        costs = {count: queries_of(get, path, count) for count in (1, 5)}

        assert len(set(costs.values())) == 1, costs
        assert costs[1] <= 6
