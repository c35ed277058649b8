"""The page that documents the API."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from .test_frame import RESOURCES

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """Collects what a page loads, runs, defines and refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.identifiers: list[str] = []
        self.anchors: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        if values.get("id"):
            self.identifiers.append(str(values["id"]))
        if tag == "a" and str(values.get("href")).startswith("#"):
            self.anchors.add(str(values["href"])[1:])
        if tag in {"link", "img", "script"}:
            self.loads.append(str(values.get("href") or values.get("src")))


@pytest.fixture
def page(client: Client) -> Any:
    """The page."""
    return client.get("/api/v1/docs/")


@pytest.fixture
def outline(page: Any) -> Outline:
    """What is on it."""
    outline = Outline()
    outline.feed(page.content.decode())
    return outline


def test_the_page_documents_every_resource(page: Any) -> None:
    text = page.content.decode()

    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert all(f"GET /api/v1/{name}/</code>" in text for name in RESOURCES)
    assert "curl &#x27;http://testserver/api/v1/news/?locale=sq" in text


def test_the_page_runs_no_script_and_loads_nothing_from_elsewhere(outline: Outline) -> None:
    assert "script" not in outline.tags
    assert "style" not in outline.tags | outline.attributes
    assert not [name for name in outline.attributes if name.startswith("on")]
    assert outline.loads == ["/static/v2v_api/documentation.css"]


def test_every_link_within_the_page_leads_somewhere(outline: Outline) -> None:
    assert outline.anchors <= set(outline.identifiers)
    assert len(outline.identifiers) == len(set(outline.identifiers))
    assert len(outline.anchors) > 40


def test_examples_of_the_page_work(client: Client, page: Any) -> None:
    addresses = re.findall(
        r"curl &#x27;http://testserver([^&]*(?:&amp;[^&]*)*)&#x27;", page.content.decode()
    )

    statuses = {
        address: client.get(address.replace("&amp;", "&")).status_code
        for address in addresses
        if "/ID/" not in address
    }

    assert len(statuses) == len(RESOURCES) + 1  # and the export
    assert [address for address, status in statuses.items() if status == 404] == [
        "/api/v1/vet-systems/compare/?country=BA&amp;country=HR"
    ], "This site has no profiles to compare."
    assert set(statuses.values()) == {200, 404}, statuses
