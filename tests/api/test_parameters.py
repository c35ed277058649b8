"""Whatever stands behind the question mark is understood, or refused with what is allowed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.partner_sites import bearer, new_key
from tests.texts import PARTNERSHIP

from .test_frame import RESOURCES, UNKNOWN_ID, assert_problem

pytestmark = pytest.mark.django_db

Get = Callable[..., Any]
PATHS = [f"{name}/" for name in RESOURCES]
ITEMS = [
    *(f"{name}/{UNKNOWN_ID}/" for name in ("content", "news", "stories", "repository")),
    "export.ndjson", "preview/token/",
]  # fmt: skip


@pytest.fixture(params=["anonymous", "with a key"])
def client(request: pytest.FixtureRequest, db: None) -> Client:
    """Asks as anybody, and as a partner site whose key is good for everything."""
    return Client(headers=bearer(new_key()) if request.param == "with a key" else {})


@pytest.mark.parametrize("path", PATHS + ITEMS)
def test_unknown_parameters_are_refused_with_the_allowed_ones(get: Get, path: str) -> None:
    answer = get(path, lang="it")

    assert_problem(answer, 400)
    [error] = answer.json()["errors"]
    assert error["parameter"] == "lang"
    assert "fields" in error["allowed"]


@pytest.mark.parametrize("path", ["", "docs/", "openapi.json"])
def test_addresses_without_parameters_refuse_them(get: Get, path: str) -> None:
    assert_problem(get(path, page=2), 400)


@pytest.mark.parametrize("path", PATHS + ITEMS)
def test_unknown_fields_are_refused_with_the_allowed_ones(get: Get, path: str) -> None:
    answer = get(path, fields="*,colour")

    assert_problem(answer, 400)
    [error] = [e for e in answer.json()["errors"] if e["parameter"] == "fields"]
    assert "colour" in error["message"]
    assert "*" in error["allowed"]


@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if path not in {"locales/", "resolve/", "redirects/"}] + ITEMS,
)
def test_unknown_languages_are_refused_with_the_known_ones(get: Get, path: str) -> None:
    answer = get(path, locale="tlh")

    assert_problem(answer, 400)
    [error] = [each for each in answer.json()["errors"] if each["parameter"] == "locale"]
    assert error["allowed"] == PARTNERSHIP


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "1.0"),
        ("limit", " 5"),
        ("limit", "٣"),
        ("limit", "99999999999999999999"),
        ("limit", ""),
        ("offset", "99999999999999999999"),
        ("twinning", "99999999999999999999"),
        ("twinning", "one"),
        ("order", "colour"),
        ("order", ""),
        ("fallback", "maybe"),
        ("locale", ""),
        ("tag", "a b"),
        ("tag", ""),
        ("partner", "x" * 101),
        ("published_on", "2021-03-29"),
        ("published_on[gte]", "yesterday"),
        ("published_on[gte]", "2021-02-30"),
        ("published_on[gte]", "1616976000"),
        ("published_on[lt]", "2021-03-29T10:00:00Z"),
        ("published_on[near]", "2021-03-29"),
        ("updated_at[gte]", "2021-03-29"),
        ("updated_at[gte]", "2021-03-29T10:00:00"),
        ("updated_at[gte]", "2021-03-29T25:00:00Z"),
        ("cursor", "first"),
        ("cursor", "x" * 2000),
        ("include", "colour"),
        ("include", ""),
        ("include", "authors,"),
        ("include", "authors," * 200),
        ("rich_text", "rtf"),
        ("rich_text", ""),
        ("fields", ""),
        ("fields", "-title"),
    ],
)
def test_values_that_make_no_sense_are_refused(get: Get, name: str, value: str) -> None:
    answer = get("news/", **{name: value})

    assert_problem(answer, 400)
    assert [error["parameter"] for error in answer.json()["errors"]] == [name]


def test_all_mistakes_are_named_at_once(get: Get) -> None:
    errors = get("news/", limit="many", locale="tlh").json()["errors"]

    assert {error["parameter"] for error in errors} == {"limit", "locale"}


def test_a_parameter_comes_once(client: Client) -> None:
    answer = client.get("/api/v1/news/?locale=it&locale=sq")

    assert_problem(answer, 400)
    assert answer.json()["errors"][0]["parameter"] == "locale"


@pytest.mark.parametrize(
    "query",
    [
        "tag=%00",
        "tag=visits%00",
        "%00=1",
        "cursor=%00",
        "tag=%ff",
        "tag=%ed%a0%80",
        f"tag={'x' * 65536}",
        "&".join(f"a{n}=1" for n in range(20000)),
        "fields=" + "title," * 700,
    ],
    ids=["nul", "nul at the end", "nul as name", "nul as cursor", "not utf-8", "surrogate",
         "64 KB", "many names", "many fields"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path",
    [
        "news/",
        f"content/{UNKNOWN_ID}/",
        "countries/",
        "docs/",
        "export.ndjson",
        "redirects/",
        "preview/token/",
    ],
)
def test_malformed_addresses_are_refused(client: Client, path: str, query: str) -> None:
    assert_problem(client.get(f"/api/v1/{path}?{query}"), 400)


def test_a_nul_in_the_path_is_refused(client: Client) -> None:
    assert_problem(client.get("/api/v1/news/%00/"), 400)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "2021-03-29T10:00:00+23:59",
        "2021-03-29T10:00:00-22:40",
    ],
)
@pytest.mark.parametrize("operator", ["gt", "lte"])
def test_moments_at_the_ends_of_time_are_understood(get: Get, moment: str, operator: str) -> None:
    answer = get("content/", **{f"updated_at[{operator}]": moment})

    assert answer.status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_are_understood(get: Get, day: str) -> None:
    assert get("news/", **{"published_on[gte]": day}).status_code == 200


def test_a_plus_sign_in_a_moment_need_not_be_escaped(client: Client) -> None:
    answer = client.get("/api/v1/content/?updated_at[gte]=2021-03-29T10:00:00+02:00")

    assert answer.status_code == 200
