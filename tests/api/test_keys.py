"""Who sends a key is let in by it or told why not; who sends none reads as ever."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cms.api.auth import authenticate, refuse_what_is_closed
from cms.api.errors import RefusedError
from communication.syndication.key_format import write_key
from communication.syndication.services.usage import counter
from tests.factories import NewsPageFactory, StandardPageFactory, TwinningStoryPageFactory
from tests.partner_sites import (
    PartnerSiteFactory,
    bearer,
    expired_key,
    new_key,
    revoked_key,
)
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db

OTHER_ORIGIN = "https://other.example"


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """Asks with a key: ``ask(new_key(), "news/", Origin=…)``."""

    def get(new: Any, path: str = "locales/", **headers: str) -> Any:
        return client.get(f"/api/v1/{path}", headers=bearer(new, **headers))

    return get


def unknown_key() -> str:
    return write_key("Ab3dEf9h", "x" * 32).text


def mistyped_key() -> str:
    text = new_key().text
    return text[:20] + ("a" if text[20] != "a" else "b") + text[21:]


def key_of_a_site_that_is_switched_off() -> Any:
    return new_key(PartnerSiteFactory(is_active=False))


def key_with_the_secret_of_another() -> str:
    return write_key(new_key().key.public_id, "x" * 32).text


def key_for(**fields: Any) -> Callable[[], Any]:
    return lambda: new_key(PartnerSiteFactory(**fields))


def key_to_read_with() -> Any:
    return new_key(scopes=["read"])


def key_to_export_with() -> Any:
    return new_key(scopes=["export"])


@pytest.mark.parametrize(
    ("make", "detail"),
    [
        (lambda: "", "This is no key of this site"),
        (lambda: "v2v_", "This is no key of this site"),
        (lambda: "secret", "This is no key of this site"),
        (lambda: new_key().text[:-1], "This is no key of this site"),
        (lambda: f"{new_key().text} x", "This is no key of this site"),
        (mistyped_key, "not copied whole"),
        (unknown_key, "Nobody has been given this key"),
        (key_with_the_secret_of_another, "Nobody has been given this key"),
        (expired_key, "expired on 20"),
        (revoked_key, "revoked on 20"),
        (key_of_a_site_that_is_switched_off, "switched off"),
    ],
)
@pytest.mark.parametrize("path", ["locales/", "nowhere/", "openapi.json", ""])
def test_a_key_that_opens_nothing_is_refused_with_what_to_do(
    ask: Callable[..., Any], make: Callable[[], Any], detail: str, path: str
) -> None:
    answer = ask(make(), path)

    assert_refused(answer, 401, detail)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Content API", error="invalid_token"'
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("make", "path", "detail"),
    [
        (key_to_export_with, "news/", "lacks the scope “read”"),
        (key_for(types=["news"]), "stories/", "is not for stories, but for news"),
        (key_for(types=["news"]), "content/", "is for news alone: say which"),
        (key_for(types=["news"]), "content/?type=news&type=stories", "is not for stories"),
        (key_for(types=["news"]), "search/?q=a&type=events", "is not for events"),
        (key_for(locales=["it", "sq"]), "news/", "is not for the language en, but for it, sq"),
        (key_for(locales=["it"]), "news/?locale=sq", "not for the language sq, but for it"),
        (key_for(locales=["it"]), "tags/?locale=it&locale=fi", "not for the language fi"),
        (key_for(locales=["it"]), "search/?q=a&locale=it&language=fi", "not for the language fi"),
    ],
)
def test_what_a_key_is_not_for_is_refused_with_what_it_is_for(
    ask: Callable[..., Any], make: Callable[[], Any], path: str, detail: str
) -> None:
    assert_refused(ask(make(), path), 403, detail)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (key_to_read_with, "news/"),
        (key_for(types=["news"]), "news/"),
        (key_for(types=["news"]), "content/?type=news"),
        (key_for(types=["news"]), "partners/"),
        (key_for(types=["news"]), "openapi.json"),
        (key_for(locales=["it"]), "news/?locale=it"),
        (key_for(locales=["it"]), "locales/"),
        (key_for(locales=["it"]), "resolve/?path=/it/"),
        (key_for(locales=["it"]), ""),
    ],
)
def test_what_a_key_is_for_is_answered(
    ask: Callable[..., Any], make: Callable[[], Any], path: str
) -> None:
    assert ask(make(), path).status_code == 200


def test_a_key_for_some_types_reads_what_webhooks_and_resolve_name(
    ask: Callable[..., Any], tree: SiteTree
) -> None:
    article = NewsPageFactory(parent=tree.news)
    page = StandardPageFactory(parent=tree.home)
    story = TwinningStoryPageFactory(parent=tree.twinnings)
    key = key_for(types=["news"])()

    found = [
        ask(key, f"content/{item.translation_key}/").status_code for item in (article, page, story)
    ]

    assert found == [200, 200, 404]


@pytest.mark.parametrize(
    ("resource", "scope"), [("changes", "changes"), ("export.ndjson", "export"), ("news", "read")]
)
def test_following_changes_and_exporting_need_a_scope_of_their_own(
    rf: RequestFactory, resource: str, scope: str
) -> None:
    request = rf.get("/")
    others = [name for name in ("read", "changes", "export") if name != scope]

    refuse_what_is_closed(request, resource, authenticate(new_key(scopes=[scope]).text))

    with pytest.raises(RefusedError, match=f"lacks the scope “{scope}”"):
        refuse_what_is_closed(request, resource, authenticate(new_key(scopes=others).text))


def test_a_missing_scope_is_named_as_programs_read_it(ask: Callable[..., Any]) -> None:
    answer = ask(key_to_export_with(), "news/")

    assert answer["WWW-Authenticate"] == (
        'Bearer realm="Content API", error="insufficient_scope", scope="read"'
    )


@pytest.mark.parametrize(
    "header", ["", "Basic dXNlcjpwYXNz", "Digest username=x", "Token abc", "Bearer"]
)
def test_what_is_meant_for_somebody_else_is_left_alone(client: Client, header: str) -> None:
    answer = client.get("/api/v1/locales/", headers={"Authorization": header})

    is_a_key = header == "Bearer"
    assert answer.status_code == (401 if is_a_key else 200)
    assert ("Vary" in answer) == is_a_key


@pytest.mark.parametrize("scheme", ["", "Token ", "Basic "])
def test_a_key_that_is_sent_in_another_way_is_not_passed_over(client: Client, scheme: str) -> None:
    header = f"{scheme}{new_key().text}"

    answer = client.get("/api/v1/locales/", headers={"Authorization": header})

    if scheme:
        assert_refused(answer, 401, "Send it as “Authorization: Bearer v2v_…”")
    else:
        assert answer.status_code == 200


def test_a_key_costs_one_query_whatever_is_asked(
    client: Client, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(3)
    headers = bearer(new_key(PartnerSiteFactory(types=["news"], locales=["en"])))

    def queries(**asked: Any) -> int:
        client.get("/api/v1/news/", asked, headers=headers)
        counter.write()
        costs = []
        for sent in ({}, headers):
            with CaptureQueriesContext(connection) as captured:
                client.get("/api/v1/news/", asked, headers=sent)
            costs.append(len(captured))
        return costs[1] - costs[0]

    assert [queries(limit=1), queries(limit=3), queries(fields="title")] == [1, 1, 1]


@pytest.mark.parametrize("text", ["v2v_nothing", ""])
def test_what_cannot_be_a_key_costs_no_query(client: Client, text: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/locales/", headers=bearer(text))

    assert len(captured) == 0


def test_no_key_stands_in_what_is_answered_or_logged(
    ask: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    for make in (expired_key, revoked_key, key_to_export_with):
        new = make()
        assert new.text not in ask(new, "news/").content.decode()
        assert new.text not in caplog.text


def assert_refused(answer: Any, status: int, detail: str) -> None:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Vary"] == "Authorization, Origin"
    problem = answer.json()
    assert detail in problem["detail"]
    assert problem["status"] == status
