"""What each type of page costs the database, in a site that has all of them."""

from typing import Final

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browser.page_types import REPORTED
from tests.facts import content_has_changed
from v2v_pages.models import BasePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_facts", "demo")]

AT_MOST: Final = {
    "home": 10,
    "news index": 9,
    "tag": 9,
    "article": 7,
    "story": 7,
    "twinning index": 4,
    "twinning": 13,
    "partner index": 11,
    "partner index, filtered": 8,
    "partner": 8,
    "standard page": 3,
    "events": 6,
    "event": 5,
    "glossary": 14,
    "glossary, two languages": 14,
    "concept": 17,
    "repository": 14,
    "repository, filtered": 14,
    "repository article": 12,
    "mobility process": 12,
    "mobility process, dated": 12,
    "mobility checklist": 9,
    "mobility module": 8,
    "VET systems": 5,
    "VET system": 13,
    "VET comparison": 10,
    # four of each of these keep PostgreSQL from reading whole tables
    "search": 12,
    "search, nothing found": 8,
    "not found": 18,
    "fallback": 8,
    "home, Cyrillic": 10,
    "article, Cyrillic": 7,
    "partner index, Cyrillic": 11,
    "newsletter archive": 8,
    "newsletter issue": 24,
    "subscribe form": 4,
    "accessibility statement": 3,
}
"""Queries of a second reader, nothing being cached but the facts that all pages share."""


@pytest.mark.parametrize("name", REPORTED)
def test_each_type_of_page_keeps_to_its_queries(name: str) -> None:
    content_has_changed()
    client = Client()
    client.get(REPORTED[name])

    with CaptureQueriesContext(connection) as queries:
        client.get(REPORTED[name])

    assert len(queries) <= AT_MOST[name]


def test_no_type_of_page_with_our_frame_is_left_out() -> None:
    asked = {path.partition("?")[0] for path in REPORTED.values()}
    shown = (Client().get(path).context for path in asked)
    found = {type(each["page"]) for each in shown if each and "page" in each}

    ours = {model for model in apps.get_models() if issubclass(model, BasePage)}
    assert ours - found == set()
