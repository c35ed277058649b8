"""Files that editors close at once are closed in what every process has kept."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory
from tests.sites import SiteTree

from .origin import Asker

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Programme of the visit"


@pytest.fixture
def files(tree: SiteTree) -> dict[str, Any]:
    """A public document and a public image, both of one article."""
    document = DocumentFactory(title=NAME)
    image = ImageFactory(file__width=16, file__height=10)
    body = [{"type": "documents", "value": {"heading": "", "documents": [document.pk]}, "id": "d"}]
    NewsPageFactory(parent=tree.news, slug="article", body=body, listing_image=image)
    refresh_change_log()
    return {"document": document, "image": image}


def close_at_once(file: Any) -> None:
    """Puts a file into a collection for those who sign in, by the list of files in the admin."""
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor", "e@v2v.example", "x"))
    meta = type(file)._meta
    names = [meta.app_label, meta.model_name, "add_to_collection"]
    address = f"{reverse('wagtail_bulk_action', args=names)}?id={file.pk}"
    assert editor.post(address, {"collection": closed.pk}).status_code == 302


def kept(processes: list[Asker], *addresses: str) -> list[bytes]:
    """Asks each process for each address until it must have kept it; returns what it has kept.

    Three times: the first answer may make versions of pictures, which is a change for all pages.
    """
    pairs = [(process, address) for process in processes for address in addresses]
    answers = [process.get(address) for process, address in pairs for _time in range(3)][2::3]
    assert {answer[1].get("cache-status") for answer in answers} == {"V2V; hit"}
    return [answer[2] for answer in answers]


def statuses(processes: list[Asker], address: str) -> set[str]:
    return {process.get(address)[0] for process in processes}


def test_a_document_that_is_closed_at_once_can_no_longer_be_fetched(
    files: dict[str, Any], processes: list[Asker]
) -> None:
    address = urlsplit(files["document"].url).path
    naming = "/en/news/article/", "/api/v1/news/?fields=body"
    assert all(NAME.encode() in body for body in kept(processes, *naming))
    assert kept(processes, address) == [b"Programme"] * 2

    close_at_once(files["document"])

    assert statuses(processes, address) == {"404 Not Found"}
    assert not any(NAME.encode() in body for body in kept(processes, *naming))


def test_an_image_that_is_closed_at_once_is_no_longer_described(
    files: dict[str, Any], processes: list[Asker]
) -> None:
    address = f"/api/v1/images/{files['image'].public_id}/"
    assert kept(processes, address)

    close_at_once(files["image"])

    assert statuses(processes, address) == {"404 Not Found"}
