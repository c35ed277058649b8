"""What stands around answers to a key: who may keep them, and which scripts may read them."""

from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.api import build_api
from tests.partner_sites import ORIGIN, PartnerSiteFactory, bearer, new_key

pytestmark = pytest.mark.django_db

OTHER_ORIGIN = "https://other.example"


def test_answers_to_a_key_are_for_nobody_else_to_keep(client: Client) -> None:
    headers = bearer(new_key())
    answer = client.get("/api/v1/locales/", headers=headers)
    again = client.get("/api/v1/locales/", headers={**headers, "If-None-Match": answer["ETag"]})
    head = client.head("/api/v1/locales/", headers=headers)

    assert answer.json() == client.get("/api/v1/locales/").json()
    assert [each.status_code for each in (answer, again, head)] == [200, 304, 200]
    for each in (answer, again, head):
        assert each["Cache-Control"] == "private, no-store"
        assert each["Vary"] == "Authorization, Origin"
        assert "Access-Control-Allow-Origin" not in each


def test_scripts_use_a_key_on_the_sites_of_its_partner_only(client: Client) -> None:
    new = new_key()

    at_home, elsewhere = (
        client.get("/api/v1/locales/", headers=bearer(new, Origin=origin))
        for origin in (ORIGIN, OTHER_ORIGIN)
    )

    assert at_home.status_code == 200
    assert at_home["Access-Control-Allow-Origin"] == ORIGIN
    assert elsewhere.status_code == 403
    assert f"must not be used by scripts of {OTHER_ORIGIN}" in elsewhere.json()["detail"]
    assert elsewhere["Vary"] == "Authorization, Origin"
    assert "Access-Control-Allow-Origin" not in elsewhere


def preflight(client: Client, origin: str, headers: str = "authorization,if-none-match") -> Any:
    return client.options(
        "/api/v1/news/",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": headers,
        },
    )


def test_browsers_may_send_a_key_from_where_a_partner_is_at_home(client: Client) -> None:
    PartnerSiteFactory()

    answer = preflight(client, ORIGIN)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == ORIGIN
    assert answer["Access-Control-Allow-Headers"] == "*, Authorization"
    assert answer["Vary"] == "Origin"


@pytest.mark.parametrize("origin", [OTHER_ORIGIN, "null", ""])
def test_browsers_may_send_no_key_from_elsewhere(client: Client, origin: str) -> None:
    PartnerSiteFactory()
    PartnerSiteFactory(allowed_origins=[OTHER_ORIGIN], is_active=False)

    answer = preflight(client, origin)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Headers"] == "*", "which is all but Authorization"


def test_preflights_without_a_key_ask_the_database_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = preflight(client, OTHER_ORIGIN, "if-none-match")

    assert len(captured) == 0
    assert "Vary" not in answer


def test_a_database_that_does_not_answer_is_no_fault_of_the_key(client: Client) -> None:
    headers = bearer(new_key())

    def refuse(*arguments: Any) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        answer = client.get("/api/v1/locales/", headers=headers)
        asked_before = preflight(client, ORIGIN)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "private, no-store"
    assert asked_before.status_code == 204
    assert asked_before["Access-Control-Allow-Headers"] == "*"


def test_without_the_app_of_keys_there_are_none(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # an app cannot be taken out of a running project, but be unknown to the registry
    monkeypatch.delitem(apps.app_configs, "communication_syndication")

    answer = client.get("/api/v1/locales/", headers=bearer("whatever", Origin=OTHER_ORIGIN))
    document = build_api().document_at("/api/v1/")

    assert answer.status_code == 200
    assert "Vary" not in answer
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert preflight(client, ORIGIN)["Access-Control-Allow-Headers"] == "*"
    assert "security" not in document
    assert set(document["paths"]["/api/v1/locales/"]["get"]["responses"]) == {
        "200", "304", "400", "429",
    }  # fmt: skip
