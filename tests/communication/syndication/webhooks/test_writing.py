"""Each change is written for each endpoint that wants it: none twice, none never."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communication.syndication.models import (
    ContentVersion,
    WebhookCursor,
    WebhookDelivery,
    WebhookEndpoint,
)
from communication.syndication.services import webhook_writing
from communication.syndication.services.change_log import refresh_change_log
from communication.syndication.services.webhook_endpoints import start_webhook
from communication.syndication.services.webhook_writing import write_deliveries
from tests.factories import NewsPageFactory
from tests.partner_sites import PartnerSiteFactory
from tests.sites import SiteTree
from tests.webhooks import WebhookEndpointFactory, changes
from v2v_snippets.publication.changes import recording_changes

pytestmark = pytest.mark.django_db


def listening(**fields: Any) -> WebhookEndpoint:
    """An endpoint that is told of what changes from now on."""
    endpoint: WebhookEndpoint = WebhookEndpointFactory(**fields)
    start_webhook(endpoint=endpoint)
    return endpoint


def written(endpoint: WebhookEndpoint) -> list[int | None]:
    while write_deliveries(now=timezone.now()):
        pass
    return [delivery.sequence for delivery in endpoint.deliveries.order_by("sequence")]


def test_an_endpoint_is_told_of_what_changes_once_it_is_there() -> None:
    changes(3)
    endpoint = listening()
    new = changes(2)

    assert written(endpoint) == [change.sequence for change in new]
    assert written(endpoint) == [change.sequence for change in new]


def test_before_anybody_listens_nothing_is_read_and_then_nothing_is_missed() -> None:
    changes(1)
    assert write_deliveries(now=timezone.now()) == 0
    endpoint = listening()
    late = changes(1)

    assert written(endpoint) == [late[0].sequence]


@pytest.mark.parametrize(
    ("endpoint", "site", "told"),
    [
        ({}, {}, ["news", "home", "it", "deleted"]),
        ({"event_types": ["content.deleted"]}, {}, ["deleted"]),
        ({"locales": ["it"]}, {}, ["it"]),
        ({"types": ["news"]}, {}, ["news", "it", "deleted"]),
        ({}, {"locales": ["it"]}, ["it"]),
        ({"locales": ["en", "it"]}, {"locales": ["it", "sq"]}, ["it"]),
        ({}, {"types": ["stories"]}, ["home"]),
        ({"types": ["news"]}, {"types": ["stories"]}, []),
        ({}, {"is_active": False}, []),
    ],
)
def test_an_endpoint_is_told_of_what_it_asks_for_and_its_site_may_read(
    endpoint: dict[str, Any], site: dict[str, Any], told: list[str]
) -> None:
    row = listening(partner_site=PartnerSiteFactory(**site), **endpoint)
    kinds: dict[str, dict[str, Any]] = {
        "news": {},
        "home": {"type": "v2v_pages.homepage"},
        "it": {"locale": "it"},
        "deleted": {"operation": "delete"},
    }
    made = {changes(**fields)[0].sequence: name for name, fields in kinds.items()}

    assert [made[number] for number in written(row) if number] == told


def test_types_are_called_as_in_the_api() -> None:
    endpoint = listening(types=["news"])
    changes(type="v2v_pages.newspage")
    changes(type="v2v_pages.gonepage")

    assert len(written(endpoint)) == 1


def test_of_an_interrupted_step_nothing_is_left_and_nothing_is_lost() -> None:
    endpoint = listening()
    new = changes(3)
    with transaction.atomic():
        write_deliveries(now=timezone.now())
        transaction.set_rollback(True)

    assert WebhookDelivery.objects.count() == 0
    assert written(endpoint) == [change.sequence for change in new]


def test_a_place_in_the_log_that_was_set_back_writes_nothing_twice() -> None:
    endpoint = listening()
    before = WebhookCursor.objects.get().sequence
    new = changes(3)
    written(endpoint)
    WebhookCursor.objects.update(sequence=before)

    assert written(endpoint) == [change.sequence for change in new]


def test_many_changes_are_read_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_writing, "AT_ONCE", 2)
    endpoint = listening()
    new = changes(5)

    assert [write_deliveries(now=timezone.now()) for _step in range(4)] == [2, 2, 1, 0]
    assert written(endpoint) == [change.sequence for change in new]


def test_numbers_that_belong_to_no_change_are_passed_over() -> None:
    endpoint = listening()
    ContentVersion.objects.update(counter=1000)

    assert written(endpoint) == []
    assert WebhookCursor.objects.get().sequence == 1000


def test_looking_for_changes_where_there_are_none_is_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    listening()
    with django_assert_num_queries(2):
        assert write_deliveries(now=timezone.now()) == 0


def test_writing_costs_the_same_queries_for_one_change_and_for_fifteen() -> None:
    listening()
    costs = []
    for number in (1, 15):
        changes(number)
        with CaptureQueriesContext(connection) as captured:
            assert write_deliveries(now=timezone.now()) == number
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_what_is_published_is_written_as_the_log_has_it(site: SiteTree) -> None:
    refresh_change_log()
    endpoint = listening()
    with recording_changes():
        page = NewsPageFactory(parent=site.news)
    with recording_changes():
        page.unpublish()

    written(endpoint)

    told = endpoint.deliveries.filter(item_id=page.translation_key).order_by("sequence")
    assert [(d.event, d.item_type, d.item_locale) for d in told] == [
        ("content.upserted", "v2v_pages.newspage", "en"),
        ("content.deleted", "v2v_pages.newspage", "en"),
    ]
