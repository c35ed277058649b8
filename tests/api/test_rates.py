"""So many requests a minute, by key or by address; without a cache, nobody waits for one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from pytest_django import Settings

from cms.api.clients import client_name
from cms.api.rates import Rates, rates
from tests.broken_cache import BrokenCache
from tests.partner_sites import PartnerSiteFactory, bearer, new_key
from v2v_snippets.publication.clients import client_address

NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


@pytest.fixture
def ask(client: Client, db: None, settings: Settings) -> Callable[..., Any]:
    """Asks as somebody at an address, of whom three requests a minute are answered."""
    settings.V2V_API_ANONYMOUS_PER_MINUTE = 3

    def get(path: str = "locales/", address: str = "192.0.2.7", **headers: str) -> Any:
        return client.get(f"/api/v1/{path}", headers=headers, REMOTE_ADDR=address)

    return get


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def told(answer: Any) -> tuple[str, ...]:
    return tuple(answer[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset"))


def test_headers_count_down_and_then_say_when_to_come_again(
    ask: Callable[..., Any], clock: time_machine.Traveller
) -> None:
    answers = [ask() for _number in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [told(answer) for answer in answers] == [
        ("3", "2", "20"),
        ("3", "1", "40"),
        ("3", "0", "60"),
        ("3", "0", "60"),
    ]
    refused = answers[-1]
    assert refused["Retry-After"] == "20"
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Cache-Control"] == "no-store"
    assert "Ask again in 20 s" in refused.json()["detail"]
    assert "Retry-After" not in answers[0]


def test_what_was_refused_is_not_counted_and_time_gives_room_again(
    ask: Callable[..., Any], clock: time_machine.Traveller
) -> None:
    for _number in range(10):
        ask()

    clock.shift(19)
    assert ask().status_code == 429
    clock.shift(1)
    assert ask().status_code == 200
    assert ask().status_code == 429


def test_a_minute_later_all_of_it_is_there_again(
    ask: Callable[..., Any], clock: time_machine.Traveller
) -> None:
    for _number in range(4):
        ask()

    clock.shift(65)

    assert [ask().status_code for _number in range(4)] == [200, 200, 200, 429]


def test_a_304_and_a_404_cost_as_much_as_an_answer(ask: Callable[..., Any]) -> None:
    etag = ask()["ETag"]

    unchanged = ask(**{"If-None-Match": etag})
    missing = ask("nowhere/")

    assert (unchanged.status_code, unchanged["RateLimit-Remaining"]) == (304, "1")
    assert (missing.status_code, missing["RateLimit-Remaining"]) == (404, "0")


@pytest.mark.parametrize("path", ["openapi.json", "docs/"])
def test_how_to_ask_may_be_read_as_often_as_one_likes(ask: Callable[..., Any], path: str) -> None:
    answers = [ask(path) for _number in range(5)]

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[0]


def test_preflights_are_not_counted(client: Client, ask: Callable[..., Any]) -> None:
    for _number in range(5):
        answer = client.options("/api/v1/locales/", REMOTE_ADDR="192.0.2.7")
        assert "RateLimit-Limit" not in answer

    assert ask()["RateLimit-Remaining"] == "2"


def test_scripts_of_other_sites_can_read_what_is_left(ask: Callable[..., Any]) -> None:
    exposed = ask(Origin="https://school.example")["Access-Control-Expose-Headers"]

    assert {"ETag", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"} <= set(
        exposed.split(", ")
    )


def test_each_address_has_a_rate_of_its_own(ask: Callable[..., Any]) -> None:
    for _number in range(4):
        ask(address="192.0.2.7")

    assert ask(address="192.0.2.8").status_code == 200


def test_one_network_of_ipv6_is_one_client(ask: Callable[..., Any]) -> None:
    for number in range(4):
        ask(address=f"2001:db8:0:1::{number + 1:x}")

    assert ask(address="2001:db8:0:1:ffff::9").status_code == 429
    assert ask(address="2001:db8:0:2::1").status_code == 200


def test_each_key_has_a_rate_of_its_own_beside_that_of_the_address(
    ask: Callable[..., Any], settings: Settings
) -> None:
    settings.V2V_API_KEY_PER_MINUTE = 5
    first, second = new_key(), new_key(PartnerSiteFactory(requests_per_minute=9))
    for _number in range(4):
        ask()

    assert told(ask(**bearer(first)))[:2] == ("5", "4")
    assert told(ask(**bearer(second)))[:2] == ("9", "8")


def test_whose_key_opens_nothing_is_counted_as_somebody_without_one(
    ask: Callable[..., Any],
) -> None:
    answers = [ask(**bearer("v2v_guess")) for _number in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert ask().status_code == 429


def test_what_a_key_is_not_for_is_counted(ask: Callable[..., Any]) -> None:
    new = new_key(PartnerSiteFactory(requests_per_minute=2, types=["news"]))

    answers = [ask("stories/", **bearer(new)) for _number in range(3)]

    assert [answer.status_code for answer in answers] == [403, 403, 429]
    assert answers[0]["RateLimit-Remaining"] == "1"


def test_nothing_is_limited_where_the_rate_is_nought(
    ask: Callable[..., Any], settings: Settings
) -> None:
    settings.V2V_API_ANONYMOUS_PER_MINUTE = 0

    answer = ask()

    assert "RateLimit-Limit" not in answer
    assert "RateLimit" not in answer["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "found"),
    [
        (0, "", "192.0.2.7", "192.0.2.7"),
        (0, "198.51.100.1", "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (1, "made-up, 198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "192.0.2.7", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.7", "192.0.2.7"),
        (1, "", "192.0.2.7", "192.0.2.7"),
        (1, "unknown", "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.1:4711", "", "198.51.100.1"),
        (1, "[2001:db8::1]:4711", "", "2001:db8::1"),
        (0, "", "192.0.2.7:4711", "192.0.2.7"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (0, "", "", "None"),
        (0, "", "unix:", "None"),
    ],
)
def test_only_proxies_that_are_known_say_who_asks(
    rf: RequestFactory, proxies: int, forwarded: str, remote: str, found: str
) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=remote)

    with override_settings(V2V_TRUSTED_PROXIES=proxies):
        assert str(client_address(request)) == found


def test_whose_address_is_unknown_shares_a_rate_with_nobody(ask: Callable[..., Any]) -> None:
    assert [ask(address="unix:").status_code for _number in range(4)] == [200] * 4


def test_an_address_is_named_otherwise_each_day_and_on_each_site(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    names = set()
    for day, secret in ((0, "a" * 50), (1, "a" * 50), (0, "b" * 50)):
        with (
            time_machine.travel(NOW + timedelta(days=day), tick=False),
            override_settings(SECRET_KEY=secret),
        ):
            names.add(client_name(request))

    assert len(names) == 3
    assert not any("192.0.2.7" in name for name in names)


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})
def test_an_entry_is_kept_for_a_minute_at_most(clock: time_machine.Traveller) -> None:
    for _number in range(5):
        rates.spend("somebody", 3)
    clock.shift(60)
    assert cache.get("v2v_api.rate.somebody") is not None

    clock.shift(1)
    assert cache.get("v2v_api.rate.somebody") is None


def test_no_request_is_lost_among_those_that_come_at_once() -> None:
    def spend(_number: int) -> bool:
        allowance = rates.spend("crowd", 100)
        assert allowance is not None
        return not allowance.retry_after

    with ThreadPoolExecutor(8) as threads:
        admitted = sum(threads.map(spend, range(400)))

    # a tenth of a second or so may have given room for one or two more
    assert 100 <= admitted <= 105


@pytest.mark.django_db
def test_without_a_cache_everybody_is_let_in_and_nobody_waits_twice(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "_asked_again_at", 0.0)
    settings.V2V_API_ANONYMOUS_PER_MINUTE = 3
    settings.CACHES = {"default": {"BACKEND": "tests.broken_cache.BrokenCache"}}
    BrokenCache.asked = 0

    answers = [client.get("/api/v1/locales/") for _number in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert "RateLimit-Limit" not in answers[0]
    assert BrokenCache.asked == 1


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}})
def test_a_cache_that_keeps_nothing_limits_nothing() -> None:
    assert [Rates().spend("somebody", 1) is None for _number in range(3)] == [False] * 3
