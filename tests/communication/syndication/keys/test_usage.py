"""Use is counted by key and day, without a write for each request, and forgotten in the end."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communication.syndication.jobs import UsageForgetting
from communication.syndication.models import ApiKey, ApiKeyUsage
from communication.syndication.partner_sites.chart import draw_usage, round_up
from communication.syndication.partner_sites.periods import Period, read_usage
from communication.syndication.services.usage import UsageCounter, add_usage, counter
from tests.partner_sites import PartnerSiteFactory, bearer, new_key

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 29)


def counted() -> list[tuple[int, int, int]]:
    counter.write()
    return list(ApiKeyUsage.objects.values_list("requests", "refused", "limited"))


def test_requests_with_a_key_are_counted_by_how_they_were_answered(client: Client) -> None:
    headers = bearer(new_key())

    for path in ("locales/", "locales/", "nowhere/", "locales/?no=such", "openapi.json"):
        client.get(f"/api/v1/{path}", headers=headers)
    client.head("/api/v1/locales/", headers=headers)
    client.options("/api/v1/locales/", headers=headers)
    client.get("/api/v1/locales/")

    assert counted() == [(6, 2, 0)]


def test_too_many_in_a_minute_are_counted_apart(client: Client) -> None:
    headers = bearer(new_key(PartnerSiteFactory(requests_per_minute=2)))

    for _number in range(5):
        client.get("/api/v1/locales/", headers=headers)

    assert counted() == [(5, 0, 3)]


def test_a_key_says_on_which_day_it_was_last_used(client: Client) -> None:
    new = new_key()

    client.get("/api/v1/locales/", headers=bearer(new))
    counter.write()

    new.key.refresh_from_db()
    assert new.key.last_used_on == timezone.localdate()


def test_a_process_writes_a_few_times_a_minute_and_not_with_each_request(client: Client) -> None:
    headers = bearer(new_key())
    client.get("/api/v1/locales/", headers=headers)

    with CaptureQueriesContext(connection) as captured:
        for _number in range(20):
            client.get("/api/v1/locales/", headers=headers)

    assert [query for query in captured if "usage" in query["sql"]] == []
    assert counted() == [(21, 0, 0)]


def test_what_processes_count_side_by_side_is_added_up() -> None:
    key = new_key().key
    processes = [UsageCounter(), UsageCounter()]
    for process in processes:
        process.count(key.pk, 200)
        process.count(key.pk, 403)
        process.write()

    assert counted() == [(4, 2, 0)]


def test_each_day_has_a_row_of_its_own() -> None:
    key = new_key().key
    with time_machine.travel("2026-03-29T12:00:00Z", tick=False):
        counter.count(key.pk, 200)
    with time_machine.travel("2026-03-30T12:00:00Z", tick=False):
        counter.count(key.pk, 200)

    assert counted() == [(1, 0, 0), (1, 0, 0)]
    assert ApiKey.objects.get().last_used_on == date(2026, 3, 30)


def test_what_cannot_be_written_now_is_written_later() -> None:
    key = new_key().key
    counter.count(key.pk, 200)

    def refuse(*arguments: Any) -> None:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(refuse):
        counter.write()
    counter.count(key.pk, 429)

    assert counted() == [(2, 0, 1)]


def test_what_was_counted_of_a_deleted_key_is_lost_quietly() -> None:
    new = new_key()
    counter.count(new.key.pk, 200)
    new.key.partner_site.delete()

    assert counted() == []


def test_usage_is_kept_for_400_days() -> None:
    key = new_key().key
    for age in (399, 400, 401, 500):
        add_usage(key_id=key.pk, day=TODAY - timedelta(days=age), counts=Counter(requests=age))

    now = datetime(2026, 3, 29, 3, 0, tzinfo=UTC)
    result = UsageForgetting().run_due(now)

    assert sorted(ApiKeyUsage.objects.values_list("requests", flat=True)) == [399, 400]
    assert (result.done, result.next_due_at) == (2, now + timedelta(days=1))


def test_days_and_months_of_all_keys_of_a_site_are_read_in_one_query() -> None:
    site = PartnerSiteFactory()
    keys = [new_key(site).key, new_key(site).key, new_key().key]
    for key in keys:
        for age, requests in ((0, 5), (29, 7), (30, 11), (380, 13)):
            counts = Counter(requests=requests, refused=2, limited=1)
            add_usage(key_id=key.pk, day=TODAY - timedelta(days=age), counts=counts)

    with CaptureQueriesContext(connection) as captured:
        usage = read_usage(site, TODAY)

    assert len(captured) == 1
    assert (len(usage.days), len(usage.months)) == (30, 13)
    assert (usage.days[0].first_day, usage.days[-1].first_day) == (date(2026, 2, 28), TODAY)
    assert (usage.days[0].requests, usage.days[-1].requests) == (14, 10)
    assert usage.months[0].first_day == date(2025, 3, 1)
    assert [month.requests for month in usage.months] == [26, *[0] * 10, 36, 10]
    assert usage.days[-1].answered == 4


def test_bars_are_as_high_as_requests_are_many() -> None:
    periods = [Period(TODAY, 36, 9, 9), Period(TODAY), Period(TODAY, 18)]

    chart = draw_usage(periods)

    answered, refused, limited = chart.bars[0].parts
    assert [part.kind for part in chart.bars[0].parts] == ["answered", "refused", "limited"]
    assert answered.height == pytest.approx(2 * refused.height, abs=0.2)
    assert refused.y == pytest.approx(limited.y + limited.height, abs=0.2)
    assert answered.y == pytest.approx(refused.y + refused.height, abs=0.2)
    assert chart.bars[1].parts == ()
    assert chart.bars[2].parts[0].height == answered.height
    assert [line.number for line in chart.lines] == [0, 20, 40]
    assert limited.y >= chart.lines[-1].y
    assert chart.used == [periods[2], periods[0]]


@pytest.mark.parametrize(
    ("most", "end"),
    [(0, 10), (10, 10), (11, 12), (21, 30), (80, 80), (81, 100), (1080, 1200), (99_999, 100_000)],
)
def test_a_scale_ends_with_a_round_number_that_can_be_halved(most: int, end: int) -> None:
    assert round_up(most) == end
