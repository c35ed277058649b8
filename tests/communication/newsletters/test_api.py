"""Forms of other sites: what they are given, and what they send."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communication.newsletters.models import SignUp
from tests.newsletters import ADDRESS, MailingListFactory, run_answers, state_of
from tests.partner_sites import PartnerSiteFactory, bearer, new_key

ADDRESS_OF_API = "/api/v1/subscriptions/"
ELSEWHERE = {"Origin": "https://school.example"}


def send(client: Client, **fields: Any) -> Any:
    form = client.get(ADDRESS_OF_API).json()
    sent = {"email": ADDRESS, "language": "sq", "lists": ["news"], "stamp": form["stamp"]}
    return client.post(
        ADDRESS_OF_API, sent | fields, content_type="application/json", headers=ELSEWHERE
    )


def test_a_form_elsewhere_gets_all_that_it_shows(client: Client, news: Any) -> None:
    MailingListFactory(slug="closed", is_open=False)

    answer = client.get(ADDRESS_OF_API, {"locale": "sq"}).json()

    assert answer["lists"] == [
        {"slug": "news", "name": "Lajme", "description": "Një herë në muaj.", "language": "sq"}
    ]
    assert "sq" in answer["languages"]
    assert answer["consent"]["version"] == 1
    assert answer["url"] == "http://testserver/sq/subscriptions/"
    assert answer["stamp"]


def test_a_form_elsewhere_subscribes(client: Client, news: Any) -> None:
    answer = send(client)

    assert answer.status_code == 202
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer
    [letter] = run_answers()
    assert letter["Content-Language"] == "sq"
    assert state_of() == {"news": "pending"}
    assert SignUp.objects.get().source == "api"


def test_browsers_may_ask_whether_they_may_send(client: Client, site: None) -> None:
    answer = client.options(
        ADDRESS_OF_API, headers={**ELSEWHERE, "Access-Control-Request-Method": "POST"}
    )

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert answer["Access-Control-Allow-Headers"] == "*"
    assert client.put(ADDRESS_OF_API)["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.post("/api/v1/locales/").status_code == 405


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"email": "no address"}, "email"),
        ({"email": f"{ADDRESS}\r\nBcc: x@y.example"}, "email"),
        ({"email": "a\0@school.example"}, "email"),
        ({"lists": ["other"]}, "lists"),
        ({"lists": []}, "lists"),
        ({"language": "xx"}, "language"),
        ({"more": 1}, "more"),
    ],
)
def test_mistakes_are_named(
    client: Client, news: Any, fields: dict[str, Any], parameter: str
) -> None:
    answer = send(client, **fields)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]"])
def test_what_is_no_form_is_a_problem(client: Client, news: Any, body: bytes) -> None:
    answer = client.post(ADDRESS_OF_API, body, content_type="application/json")

    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_parameters_of_an_address_that_is_sent_to_are_refused(client: Client, news: Any) -> None:
    answer = client.post(f"{ADDRESS_OF_API}?x=1", {}, content_type="application/json")

    assert answer.status_code == 400


def test_old_stamps_are_refused(client: Client, news: Any) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        old = client.get(ADDRESS_OF_API).json()["stamp"]

    assert send(client, stamp=old).status_code == 409
    assert send(client, stamp="1~en~x.y.z").status_code == 409


def test_a_filled_trap_is_answered_alike_and_forgotten(client: Client, news: Any) -> None:
    usual, trapped = send(client), send(client, website="https://spam.example")

    assert (trapped.status_code, trapped.content) == (usual.status_code, usual.content)
    assert SignUp.objects.count() == 1


def test_sending_counts_as_asking_does(client: Client, news: Any, settings: Any) -> None:
    settings.V2V_API_ANONYMOUS_PER_MINUTE = 2

    with time_machine.travel(timezone.now(), tick=False):
        usual, limited = send(client), client.post(ADDRESS_OF_API, {}, "application/json")

    assert usual["RateLimit-Remaining"] == "0"
    assert "RateLimit-Remaining" in usual["Access-Control-Expose-Headers"]
    assert limited.status_code == 429
    assert int(limited["Retry-After"]) > 0
    assert limited["Access-Control-Allow-Origin"] == "*"


def test_a_key_that_is_sent_along_must_be_right(client: Client, news: Any) -> None:
    def status(key: Any, **headers: str) -> int:
        sent = bearer(key, **headers)
        return int(client.post(ADDRESS_OF_API, {}, "application/json", headers=sent).status_code)

    key = new_key(PartnerSiteFactory(locales=["sq"]))
    assert status("v2v_nonsense") == 401
    assert status(key, **ELSEWHERE) == 403, "The key is for another origin."
    assert status(key) == 422, "Only the body is wrong, in whatever language."


def test_nobody_is_given_a_stamp_again_that_was_kept(client: Client, site: None) -> None:
    assert client.get(ADDRESS_OF_API)["Cache-Control"] == "public, no-cache"
