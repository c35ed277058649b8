"""What every address does: methods, CORS, conditions, headers, refusals."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Site

from v2v_pages.models import NewsPage

LISTS = (
    "content", "news", "stories", "repository", "events", "process", "newsletters",
    "twinnings", "partners", "countries", "topics", "locales", "tags", "funding", "images",
    "documents", "glossary", "vet-systems", "redirects",
)  # fmt: skip
SINGLES = ("navigation", "settings")
RESOURCES = (
    *LISTS, *SINGLES, "changes", "resolve", "search", "subscriptions", "vet-systems/compare",
)  # fmt: skip
ADDRESSES = (
    "", "docs/", "openapi.json", *(f"{name}/" for name in (*LISTS, *SINGLES)), "resolve/?path=/",
    "search/?q=news", "changes/",
)  # fmt: skip
KEPT = [path for path in ADDRESSES if path != "changes/"]
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ADDRESSES)
def test_anybody_may_read_it_from_anywhere(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}", headers={"Origin": "https://school.example"})

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("accepted", ["image/png", "text/html", "application/json;q=0", "nonsense"])
def test_the_answer_is_json_whatever_is_accepted(client: Client, accepted: str) -> None:
    for path, status in (("news/", 200), ("navigation/", 200), (f"news/{UNKNOWN_ID}/", 404)):
        answer = client.get(f"/api/v1/{path}", headers={"Accept": accepted})

        assert answer.status_code == status
        assert answer["Content-Type"].startswith(("application/json", "application/problem+json"))
        assert "accept" not in {name.strip().lower() for name in answer.get("Vary", "").split(",")}


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_depend_on_their_address_alone(client: Client, path: str) -> None:
    answer = client.get(
        f"/api/v1/{path}",
        headers={"Accept-Language": "it", "Cookie": "sessionid=x; csrftoken=y"},
    )

    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"  # pages are packed
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert not answer.wsgi_request.session.accessed
    assert answer.content == client.get(f"/api/v1/{path}").content


@pytest.mark.parametrize("path", KEPT)
def test_caches_may_keep_it_for_a_minute_and_ask_whether_it_changed(
    client: Client, path: str
) -> None:
    answer = client.get(f"/api/v1/{path}")

    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": f'"other", {answer["ETag"]}'})

    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert answer["Content-Language"]
    assert answer["ETag"].startswith('"')
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == answer["ETag"]
    assert again["Cache-Control"] == answer["Cache-Control"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_change_of_the_text_changes_the_etag(
    client: Client, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    before = client.get("/api/v1/news/")["ETag"]
    article.title = "Another title"
    article.save_revision().publish()

    after = client.get("/api/v1/news/", headers={"If-None-Match": before})

    assert after.status_code == 200
    assert after["ETag"] != before


def test_an_item_says_when_it_was_published_and_by_which_keys_caches_forget_it(
    client: Client, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)

    item = client.get(f"/api/v1/news/{article.translation_key}/")
    listed = client.get("/api/v1/news/")

    assert "GMT" in item["Last-Modified"]
    assert item["Surrogate-Key"] == f"item-{article.translation_key}"
    assert listed["Surrogate-Key"] == f"news item-{article.translation_key}"


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_answers_like_get_without_the_body(client: Client, path: str) -> None:
    whole = client.get(f"/api/v1/{path}")

    head = client.head(f"/api/v1/{path}")

    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]
    assert head.wsgi_request.method == "HEAD"


@pytest.mark.parametrize(
    "path", [*ADDRESSES, f"news/{UNKNOWN_ID}/", "export.ndjson", "preview/token/"]
)
def test_preflights_are_granted(client: Client, path: str) -> None:
    answer = client.options(
        f"/api/v1/{path}",
        headers={
            "Origin": "https://school.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert answer.status_code == 204
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize(
    "path",
    ["news/", "docs/", f"content/{UNKNOWN_ID}/", "nowhere/", "export.ndjson", "preview/token/"],
)
def test_other_methods_are_refused_as_problems(path: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.generic(method, f"/api/v1/{path}", "{}", "application/json")

    assert_problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["nowhere/", "news/not-an-id/", f"news/{UNKNOWN_ID}/", f"content/{UNKNOWN_ID}/", "a/b"]
)
def test_what_is_not_there_is_a_problem_and_no_page(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")

    assert_problem(answer, 404)


@pytest.mark.parametrize(
    "path", ["news", "glossary/%C5%A1kola", "glossary/a%3Fb", "glossary/a%0Ab", "preview/x%0Dy"]
)
def test_a_missing_last_slash_leads_on(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}?limit=3")

    assert answer.status_code == 308
    assert answer["Location"] == f"/api/v1/{path}/?limit=3"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_root_names_what_there_is_to_read(client: Client) -> None:
    answer = client.get("/api/v1/").json()

    assert answer["documentation"] == "http://testserver/api/v1/docs/"
    assert answer["openapi"] == "http://testserver/api/v1/openapi.json"
    named = {f"http://testserver/api/v1/{name}/" for name in RESOURCES}
    named.add("http://testserver/api/v1/export.ndjson")
    assert set(answer["resources"]) == named
    assert len(answer["resources"]) == len(named)


def test_a_host_without_a_site_has_no_content(client: Client) -> None:
    Site.objects.all().delete()

    assert_problem(client.get("/api/v1/news/"), 404)


def assert_problem(answer: Any, status: int) -> None:
    """Checks that an answer is a problem with that status, which nobody keeps."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] in {"no-store", "private, no-store"}
    if "private" not in answer["Cache-Control"]:  # to whoever has no key
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Vary" not in answer
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


def test_a_database_that_does_not_answer_is_a_problem_that_passes(client: Client) -> None:
    def refuse(*arguments: Any) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        answer = client.get("/api/v1/news/")

    assert_problem(answer, 503)
    assert answer["Retry-After"] == "5"
    assert "server closed" not in answer.content.decode()


def test_a_mistake_of_ours_is_a_problem_that_gives_nothing_away() -> None:
    client = Client(raise_request_exception=False)

    def fail(*arguments: Any) -> None:
        raise ZeroDivisionError("secret detail")

    with connection.execute_wrapper(fail):
        answer = client.get("/api/v1/news/")

    assert_problem(answer, 500)
    assert "secret" not in answer.content.decode()
