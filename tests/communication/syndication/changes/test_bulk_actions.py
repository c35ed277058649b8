"""What editors do to many things at once is recorded as if they had done it one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    CountryFactory,
    DocumentFactory,
    ImageFactory,
    PartnerFactory,
    StandardPageFactory,
)
from tests.sites import SiteTree

from .recorded import Record, block, recorded, shown

Publish = Callable[..., list[Any]]


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", "e@v2v.example", "x"))
    return client


def do(editor: Client, action: str, rows: list[Any], **form: Any) -> None:
    """Chooses rows in a list of the admin, and what is to be done to them."""
    meta = type(rows[0])._meta
    address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, action])
    query = "&".join(f"id={row.pk}" for row in rows)
    answer = editor.post(f"{address}?{query}", form)
    assert answer.status_code == 302


@pytest.fixture
def closed(db: None) -> Collection:
    """A collection for those who sign in."""
    collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def with_files(publish: Publish) -> tuple[list[Any], dict[str, list[Any]]]:
    """Publishes an article for each of two images and documents, and one without; returns both."""
    images = [ImageFactory(file__width=16, file__height=10) for _each in range(2)]
    documents = [DocumentFactory() for _each in range(2)]
    pages = [*publish("Plain")]
    for number, image in enumerate(images):
        pages += publish(f"Image {number}", listing_image=image)
    for number, document in enumerate(documents):
        value = {"heading": "", "documents": [document.pk]}
        pages += publish(f"Document {number}", body=[block("documents", value)])
    return pages, {"Image": images, "Document": documents}


@pytest.mark.parametrize("kind", ["Image", "Document"])
def test_files_put_into_another_collection_change_what_shows_them(
    publish: Publish, editor: Client, closed: Collection, kind: str
) -> None:
    pages, files = with_files(publish)
    refresh_change_log()

    with recorded(*pages) as record:
        do(editor, "add_to_collection", files[kind], collection=closed.pk)

    assert record.told == shown(f"{kind} 0", f"{kind} 1")
    for file in files[kind]:
        file.refresh_from_db()
        assert file.collection == closed


@pytest.mark.parametrize("kind", ["Image", "Document"])
@pytest.mark.parametrize(("action", "form"), [("add_tags", {"tags": "workshop"}), ("delete", {})])
def test_files_that_are_tagged_or_deleted_at_once_change_what_shows_them(
    publish: Publish, editor: Client, kind: str, action: str, form: dict[str, Any]
) -> None:
    pages, files = with_files(publish)

    with recorded(*pages) as record:
        do(editor, action, files[kind], **form)

    assert shown(f"{kind} 0", f"{kind} 1") <= record.told


def told_of_pages(record: Record) -> set[tuple[str, str, str]]:
    return {(title, operation, reason) for title, _locale, operation, reason in record.told}


def test_pages_published_withdrawn_moved_and_deleted_at_once_are_told(
    site: SiteTree, editor: Client
) -> None:
    section = StandardPageFactory(parent=site.home, title="Section")
    pages = [StandardPageFactory(parent=site.home, title=title) for title in ("One", "Two")]
    rows = [page.page_ptr for page in pages]
    refresh_change_log()

    told = []
    for action, form in (
        ("unpublish", {}),
        ("publish", {}),
        ("move", {"chooser": section.pk}),
        ("delete", {}),
    ):
        with recorded(*pages) as record:
            do(editor, action, rows, **form)
        told.append(told_of_pages(record))

    unpublished, published, moved, deleted = told
    assert {("One", "delete", "own"), ("Two", "delete", "own")} <= unpublished
    assert {("One", "upsert", "own"), ("Two", "upsert", "own")} <= published
    assert {("One", "upsert", "moved"), ("Two", "upsert", "moved")} <= moved
    assert {("One", "delete", "own"), ("Two", "delete", "own")} <= deleted


def test_records_deleted_at_once_are_told_through_what_named_them(
    publish: Publish, editor: Client
) -> None:
    schools = [PartnerFactory(country=CountryFactory()) for _each in range(2)]
    pages = [page for school in schools for page in publish(str(school.pk), authors=[school])]

    with recorded(*pages) as record:
        do(editor, "delete", schools)

    assert shown(*(str(school.pk) for school in schools)) <= record.told


def test_a_collection_that_moves_below_a_closed_one_changes_what_shows_its_files(
    publish: Publish, editor: Client, closed: Collection
) -> None:
    open_one = Collection.get_first_root_node().add_child(name="Open")
    below = open_one.add_child(name="Below")
    image = ImageFactory(file__width=16, file__height=10, collection=below)
    pages = [*publish("Plain"), *publish("In lists", listing_image=image)]
    address = reverse("wagtailadmin_collections:edit", args=[open_one.pk])

    told = []
    for form in (
        {"name": "Renamed", "parent": Collection.get_first_root_node().pk},
        {"name": "Renamed", "parent": closed.pk},
    ):
        with recorded(*pages) as record:
            assert editor.post(address, form).status_code == 302
        told.append(record.told)

    assert told == [shown("In lists")] * 2
    below.refresh_from_db()
    closed.refresh_from_db()
    assert below.is_descendant_of(closed)


def test_a_restriction_of_a_collection_that_changes_or_ends_is_told(
    publish: Publish, closed: Collection
) -> None:
    image = ImageFactory(file__width=16, file__height=10, collection=closed)
    pages = [*publish("Plain"), *publish("In lists", listing_image=image)]
    [restriction] = CollectionViewRestriction.objects.all()

    with recorded(*pages) as changed:
        restriction.restriction_type = CollectionViewRestriction.PASSWORD
        restriction.password = "x"
        restriction.save()
    with recorded(*pages) as ended:
        restriction.delete()

    assert changed.told == ended.told == shown("In lists")
