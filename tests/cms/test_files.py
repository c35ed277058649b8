"""Files are public when something public uses them, not because their address is known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import CollectionViewRestriction, Page

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
)
from tests.sites import SiteTree, build_site, translate
from v2v_snippets.publication.documents import public_documents

STATES: dict[str, dict[str, Any]] = {
    "draft": {"draft": True},
    "scheduled": {"scheduled": True},
    "expired": {"expired": True},
    "by login": {"restriction": "login"},
    "by password": {"restriction": "password", "restriction__password": "x"},
}


@pytest.fixture
def tree(db: None) -> SiteTree:
    return build_site("it")


def small_image() -> Any:
    return ImageFactory(file__width=32, file__height=20)


def version(image: Any) -> str:
    return str(image.get_rendition("width-400|format-jpeg").url)


def status(path: str) -> int:
    answer = Client().get(path)
    answer.getvalue()
    return answer.status_code


def showing(image: Any, **consents: Any) -> list[Any]:
    """Returns a body that shows an image in a gallery, beside another one."""
    value = {"image": image, "alt_text": "", "decorative": True}
    item = {"image": value, "caption": "", "consents": consents.get("consents", [])}
    other = {"image": {**value, "image": small_image()}, "caption": "", "consents": []}
    return [("gallery", [item, other])]


def linking(document: Any) -> list[tuple[str, str]]:
    return [("paragraph", f'<p><a linktype="document" id="{document.pk}">file</a></p>')]


WAYS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "list": lambda image: {"listing_image": image},
    "sharing": lambda image: {"social_image": image},
    "body": lambda image: {"body": showing(image)},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_is_public_while_a_public_page_shows_it(tree: SiteTree, way: str) -> None:
    image = small_image()
    url = version(image)
    assert status(url) == 404
    page = NewsPageFactory(parent=tree.news, **WAYS[way](image))
    assert status(url) == 200
    page.unpublish()
    assert status(url) == 404


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("way", WAYS)
def test_a_picture_that_only_hidden_pages_show_is_not_public(
    tree: SiteTree, way: str, state: str
) -> None:
    image = small_image()
    NewsPageFactory(parent=tree.news, **WAYS[way](image), **STATES[state])

    assert status(version(image)) == 404


def test_unpublished_changes_and_aliases_make_nothing_public(tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    page = NewsPageFactory(parent=tree.news)
    page.body, page.listing_image = linking(document), image
    page.save_revision()
    italian = translate(tree.news, "it", slug="notizie")
    alias = page.create_alias(parent=italian, update_locale=italian.locale)
    Page.objects.filter(pk=alias.pk).update(live=True)

    assert status(version(image)) == status(document.url) == 404


@pytest.mark.django_db
def test_a_logo_is_public_and_the_picture_of_nobody_is_not() -> None:
    logo, unused = small_image(), small_image()
    PartnerFactory(logo=logo)

    assert (status(version(logo)), status(version(unused))) == (200, 404)


def test_a_portrait_is_no_longer_public_when_its_consent_is_withdrawn(tree: SiteTree) -> None:
    image, consent = small_image(), PersonConsentFactory()
    body = showing(image, consents=[consent])
    beside = body[0][1][1]["image"]["image"]
    NewsPageFactory(parent=tree.news, body=body)
    assert (status(version(image)), status(version(beside))) == (200, 200)

    consent.withdrawn_on = timezone.localdate()
    consent.save()

    assert (status(version(image)), status(version(beside))) == (404, 200)


def test_a_person_in_a_list_of_people_leaves_alone(tree: SiteTree) -> None:
    images = [small_image(), small_image()]
    consents = [PersonConsentFactory(), PersonConsentFactory(ended=True)]
    people = [
        {
            "consent": consent,
            "image": {"image": image, "alt_text": "", "decorative": True},
            "text": "",
        }
        for consent, image in zip(consents, images, strict=True)
    ]
    NewsPageFactory(parent=tree.news, body=[("people", people)])

    assert [status(version(image)) for image in images] == [200, 404]


@pytest.mark.parametrize("state", STATES)
def test_a_document_is_public_when_a_public_page_links_it(tree: SiteTree, state: str) -> None:
    document, hidden = DocumentFactory(), DocumentFactory()
    NewsPageFactory(parent=tree.news, body=linking(document))
    NewsPageFactory(parent=tree.news, body=linking(hidden), **STATES[state])

    assert (status(document.url), status(hidden.url)) == (200, 404)
    assert list(public_documents()) == [document]


def test_a_closed_collection_closes_its_files(tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    NewsPageFactory(parent=tree.news, body=linking(document), listing_image=image)
    closed = image.collection.add_child(name="Closed")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="password", password="x"
    )
    for file in (image, document):
        file.collection = closed.add_child(name="Below") if file is image else closed
        file.save()

    assert status(version(image)) == status(document.url) == 404


def test_editors_see_what_is_not_public_and_no_cache_keeps_it(tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    user = get_user_model().objects.create_superuser("editor", "e@v2v.example", "password")
    editor, nobody = Client(), Client()
    editor.force_login(user)
    nobody.force_login(get_user_model().objects.create_user("reader"))

    for url in (version(image), document.url):
        answer = editor.get(url)
        answer.getvalue()
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert nobody.get(url).status_code == 404


def test_a_document_is_saved_and_never_run(tree: SiteTree) -> None:
    document = DocumentFactory(file__filename="page.pdf", file__data=b"%PDF-<script>")
    document.get_file_hash()
    NewsPageFactory(parent=tree.news, body=linking(document))

    answer = Client().get(document.url)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer.getvalue() == b"%PDF-<script>"
    again = Client().get(document.url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_public_file_costs_at_most_two_queries_however_often_it_is_used(tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    consents = [PersonConsentFactory()]
    for _ in range(4):
        body = [*showing(image, consents=consents), *linking(document)]
        NewsPageFactory(parent=tree.news, body=body)
    for url in (version(image), document.url):
        status(url)
        with CaptureQueriesContext(connection) as queries:
            assert status(url) == 200
        assert len(queries) <= 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/documents/1/x.pdf",
        "/documents/999999999999999999/x.pdf",
        "/documents/99999999999999999999/x.pdf",
        "/media/images/%00.jpg",
        "/media/original_images/a.jpg",
        "/media/documents/a.pdf",
        "/media/wagtail_uploads/a.jpg",
    ],
)
def test_addresses_of_nothing_are_not_found(path: str) -> None:
    assert status(path) == 404


def test_neither_originals_nor_lost_files_are_served(tree: SiteTree) -> None:
    image, document = small_image(), DocumentFactory()
    NewsPageFactory(parent=tree.news, body=linking(document), listing_image=image)
    url = version(image)
    Path(image.renditions.get().file.path).unlink()
    Path(document.file.path).unlink()

    assert status(url) == status(document.url) == status(f"/media/{image.file.name}") == 404


def test_editors_see_in_a_preview_what_will_be_public(tree: SiteTree) -> None:
    document = DocumentFactory(title="Programme")
    body = [("documents", {"heading": "", "documents": [document]})]
    page = NewsPageFactory(parent=tree.news, draft=True, body=body)
    user = get_user_model().objects.create_superuser("editor", "e@v2v.example", "password")
    editor = Client()
    editor.force_login(user)

    assert "Programme" in editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()


def test_pictures_in_a_bucket_keep_the_sites_own_address(
    tree: SiteTree, settings: Settings
) -> None:
    bucket = {
        "BACKEND": "django.core.files.storage.InMemoryStorage",
        "OPTIONS": {"base_url": "https://bucket.example/"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": bucket}
    image = small_image()
    url = version(image)
    assert (url.startswith("/media/images/"), status(url)) == (True, 404)
    NewsPageFactory(parent=tree.news, listing_image=image)

    answer = Client().get(url)

    assert answer.getvalue().startswith(b"\xff\xd8"), "a JPEG"
    assert answer.headers["Content-Type"] == "image/jpeg"
    again = Client().get(url, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert again.status_code == 304
    default_storage.delete(url.removeprefix("/media/"))
    assert status(url) == 404
