"""Nobody can find out who subscribes: not by an answer, a header, the work done, or a letter."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communication.newsletters.models import SignUp
from tests.newsletters import FORM, run_answers, stamp_of, subscribed, suppressed

STATES = ("new", "pending", "confirmed", "unsubscribed", "suppressed", "erased")


@pytest.fixture
def addresses(news: Any) -> dict[str, str]:
    """An address of each kind, all of one domain."""
    found = {state: f"{state}@school.example" for state in STATES}
    subscribed(found["pending"], news, pending=True)
    subscribed(found["confirmed"], news)
    subscribed(found["unsubscribed"], news, ended=True)
    suppressed(found["suppressed"])
    suppressed(found["erased"])
    return found


def by_form(client: Client, address: str) -> Any:
    sent = {"email": address, "language": "en", "stamp": stamp_of(client)}
    return client.post(FORM, sent)


def by_api(client: Client, address: str) -> Any:
    form = client.get("/api/v1/subscriptions/").json()
    sent = {"email": address, "language": "en", "lists": ["news"], "stamp": form["stamp"]}
    return client.post("/api/v1/subscriptions/", sent, content_type="application/json")


@pytest.mark.parametrize("send", [by_form, by_api])
def test_answers_are_the_same_for_every_address(
    client: Client, addresses: dict[str, str], send: Any
) -> None:
    send(client, "first@school.example")  # keeps the words that all agree to
    seen = set()
    for address in addresses.values():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = send(client, address)
        work = tuple(query["sql"].split(" ")[0] for query in queries)
        headers = tuple(sorted(answer.headers.items()))
        seen.add((answer.status_code, answer.content, headers, work))

    [(status, _content, _headers, _work)] = seen
    assert status in {202, 303}


def test_only_the_mailbox_learns_more(client: Client, addresses: dict[str, str]) -> None:
    for address in addresses.values():
        by_form(client, address)

    letters = {letter["To"]: letter["Subject"] for letter in run_answers()}

    confirm, known = "Please confirm your subscription – V2V", "Your subscriptions – V2V"
    assert letters == {
        addresses["new"]: confirm,
        addresses["pending"]: confirm,
        addresses["confirmed"]: known,
        addresses["unsubscribed"]: confirm,
    }
    assert not SignUp.objects.exclude(address="").exists(), "Answered, no address is kept there."
