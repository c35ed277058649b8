"""Nobody's mailbox, network or domain can be flooded, over form and API together."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communication.newsletters.models import SignUp
from communication.newsletters.subscribers.networks import network_prefix
from tests.newsletters import ADDRESS, MailingListFactory, run_answers, send_form

from .test_enumeration import by_api


@pytest.fixture
def moment() -> Any:
    """A clock that tests move."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_one_letter_a_day_over_form_api_and_lists(client: Client, news: Any, moment: Any) -> None:
    MailingListFactory(slug="visits")

    assert send_form(client, lists=["news"]).status_code == 303
    assert by_api(client, ADDRESS).status_code == 202
    assert send_form(client, "ANA@school.example", lists=["visits"]).status_code == 303
    assert send_form(client, "ana+more@school.example", lists=["visits"]).status_code == 303

    assert len(run_answers()) == 1
    moment.shift(timedelta(hours=25))
    send_form(client, lists=["visits"])
    assert len(run_answers()) == 1


def test_three_letters_a_month(client: Client, news: Any, moment: Any) -> None:
    sent = []
    for _day in range(12):
        send_form(client)
        sent.append(len(run_answers()))
        moment.shift(timedelta(days=3))

    assert sent == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]


def test_a_network_sends_so_many_a_day_over_form_and_api(
    client: Client, news: Any, settings: Any, moment: Any
) -> None:
    settings.V2V_SIGN_UPS_PER_NETWORK = 3
    neighbour = Client(REMOTE_ADDR="203.0.113.200")
    stranger = Client(REMOTE_ADDR="198.51.100.1")
    for number in range(2):
        send_form(client, f"a{number}@school.example")
    by_api(neighbour, "b@school.example")

    page = send_form(client, "c@school.example")
    assert (page.status_code, page["Retry-After"]) == (429, "86400")
    assert 'value="c@school.example"' in page.content.decode()
    assert by_api(neighbour, "c@school.example").status_code == 429
    assert send_form(stranger, "c@school.example").status_code == 303
    moment.shift(timedelta(days=1))
    assert send_form(client, "c@school.example").status_code == 303


def test_letters_to_a_busy_domain_wait_and_are_not_lost(
    client: Client, news: Any, settings: Any, moment: Any
) -> None:
    settings.V2V_SIGN_UPS_PER_DOMAIN = 2
    for number in range(3):
        send_form(client, f"a{number}@school.example")
    send_form(client, "a@other.example")

    assert len(run_answers()) == 3
    moment.shift(timedelta(hours=26))
    assert [letter["To"] for letter in run_answers()] == ["a2@school.example"]


def test_what_is_kept_of_a_network_is_a_hash_of_the_day(client: Client, news: Any) -> None:
    with time_machine.travel("2026-10-01T10:00:00Z", tick=False) as moment:
        send_form(client, "a@school.example")
        moment.shift(timedelta(days=1))
        send_form(client, "b@school.example")

    hashes = list(SignUp.objects.values_list("network_hash", flat=True))
    assert len(set(hashes)) == 2
    assert all(len(each) == 64 for each in hashes)


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("127.0.0.1", ""),
        ("10.2.3.4", ""),
        ("fe80::1", ""),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_networks_are_told_apart_by_their_prefix(address: str, prefix: str) -> None:
    assert network_prefix(address) == prefix


def test_behind_a_proxy_the_address_that_it_wrote_counts(news: Any, settings: Any) -> None:
    settings.V2V_SIGN_UPS_PER_NETWORK = 1
    settings.V2V_TRUSTED_PROXIES = 1
    proxy = Client(REMOTE_ADDR="127.0.0.1")

    def send(address: str, forwarded: str) -> int:
        proxy.defaults["HTTP_X_FORWARDED_FOR"] = forwarded
        return int(send_form(proxy, address).status_code)

    assert send("a@school.example", "198.51.100.1, 203.0.113.1") == 303
    assert send("b@school.example", "192.0.2.1, 203.0.113.9") == 429, "The first can be invented."
    assert send("b@school.example", "203.0.113.9, 198.51.100.1") == 303


def test_a_proxy_that_nobody_named_locks_nobody_out(news: Any, settings: Any) -> None:
    settings.V2V_SIGN_UPS_PER_NETWORK = 1
    proxy = Client(REMOTE_ADDR="10.0.0.1")

    codes = [send_form(proxy, f"a{n}@school.example").status_code for n in range(3)]

    assert codes == [303, 303, 303]
