"""What will be gone is announced: in the document, and to whoever still asks for it."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern
from ninja import Query, Router
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import Field

from cms.api.api import ContentApi
from cms.api.caching import json_answer
from cms.api.documentation import documentation_page
from cms.api.errors import register_handlers
from cms.api.openapi import answers
from cms.api.schemas.deprecation import Deprecation
from cms.api.schemas.parameters import FieldsParameters
from cms.api.schemas.selection import Selectable, selected_fields

OF_FIELD = Deprecation(date(2031, 1, 1), date(2031, 9, 1), "https://v2v.example/changes#colour")
OF_PARAMETER = Deprecation(date(2031, 2, 1), date(2031, 8, 15), "https://v2v.example/changes#shade")
OF_OPERATION = Deprecation(date(2031, 3, 1), date(2032, 1, 1), "https://v2v.example/changes#paints")


class PaintSchema(Selectable):
    """A paint."""

    name: str
    colour: str = Field(json_schema_extra=OF_FIELD.marks)
    core: ClassVar = ("name",)


class PaintParameters(FieldsParameters):
    """What may be asked of paints."""

    items: ClassVar = (PaintSchema,)

    shade: str = Field("", description="Of this shade.", json_schema_extra=OF_PARAMETER.marks)


def paint(_request: HttpRequest, parameters: Any) -> HttpResponse:
    """A paint, whatever is asked for."""
    whole = {"name": "Sea", "colour": "blue"}
    fields = selected_fields(PaintSchema, parameters.fields)
    return json_answer({name: whole[name] for name in fields}, languages=["en"], keys=["paint"])


@pytest.fixture(scope="module")
def api() -> ContentApi:
    """An API with two operations, one of which is deprecated."""
    router = Router(tags=["paints"])

    @router.get("/new/", response=answers(PaintSchema), operation_id="paint_item", summary="One")
    def get_paint(request: HttpRequest, parameters: Query[PaintParameters]) -> HttpResponse:
        """A paint."""
        return paint(request, parameters)

    @OF_OPERATION.operation(
        router.get, "/old/", response=answers(PaintSchema), operation_id="paint_old", summary="Old"
    )
    def get_old_paint(request: HttpRequest, parameters: Query[PaintParameters]) -> HttpResponse:
        """A paint, as it was."""
        return paint(request, parameters)

    api = ContentApi(
        title="Paints", version="1", urls_namespace="paints", openapi_url=None, docs_url=None
    )
    register_handlers(api)
    api.add_router("/paints", router)
    return api


@pytest.fixture
def ask(api: ContentApi) -> Callable[..., HttpResponse]:
    """Asks one of the two operations."""
    patterns: list[URLPattern] = api.urls[0]
    views = {str(pattern.pattern): pattern.callback for pattern in patterns}

    def get(name: str, headers: dict[str, str] | None = None, **parameters: str) -> HttpResponse:
        address = f"/api/v1/paints/{name}/?{urlencode(parameters)}"
        request = RequestFactory(headers=headers or {}).get(address)
        answer: HttpResponse = views[f"paints/{name}/"](request)
        return answer

    return get


def test_what_is_not_deprecated_says_nothing(ask: Callable[..., HttpResponse]) -> None:
    answer = ask("new", fields="name")

    assert answer.status_code == 200
    assert not {"Deprecation", "Sunset", "Link"} & set(answer.headers)


@pytest.mark.parametrize(
    ("name", "parameters", "deprecation", "sunset", "anchors"),
    [
        ("new", {}, "@1924992000", "Mon, 01 Sep 2031 00:00:00 GMT", ["colour"]),
        ("new", {"fields": "colour"}, "@1924992000", "Mon, 01 Sep 2031 00:00:00 GMT", ["colour"]),
        (
            "new",
            {"shade": "dark", "fields": "-colour"},
            "@1927670400",
            "Fri, 15 Aug 2031 00:00:00 GMT",
            ["shade"],
        ),
        ("old", {"fields": "name"}, "@1930089600", "Thu, 01 Jan 2032 00:00:00 GMT", ["paints"]),
        (
            "old",
            {"shade": "dark"},
            "@1924992000",
            "Fri, 15 Aug 2031 00:00:00 GMT",
            ["shade", "colour", "paints"],
        ),
    ],
)
def test_whoever_asks_for_it_is_told(
    ask: Callable[..., HttpResponse],
    name: str,
    parameters: dict[str, str],
    deprecation: str,
    sunset: str,
    anchors: list[str],
) -> None:
    answer = ask(name, **parameters)

    assert answer.status_code == 200
    assert answer["Deprecation"] == deprecation
    assert answer["Sunset"] == sunset
    assert sorted(answer["Link"].split(", ")) == sorted(
        f'<https://v2v.example/changes#{anchor}>; rel="deprecation"; type="text/html"'
        for anchor in anchors
    )


def test_who_has_the_answer_already_is_told_too(ask: Callable[..., HttpResponse]) -> None:
    whole = ask("old")

    unchanged = ask("old", {"If-None-Match": whole["ETag"]})

    assert unchanged.status_code == 304
    for name in ("Deprecation", "Sunset", "Link"):
        assert unchanged[name] == whole[name]


def test_scripts_of_other_sites_may_read_it(ask: Callable[..., HttpResponse]) -> None:
    exposed = ask("old")["Access-Control-Expose-Headers"].split(", ")

    assert {"Deprecation", "Sunset", "Link"} <= set(exposed)


def test_the_document_marks_it_and_stays_valid(api: ContentApi) -> None:
    document = api.document_at("/api/v1/")

    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    new, old = (document["paths"][f"/api/v1/paints/{name}/"]["get"] for name in ("new", "old"))
    assert old["deprecated"] is True
    assert "deprecated" not in new
    shade = next(each for each in new["parameters"] if each["name"] == "shade")
    assert shade["deprecated"] is True
    colour = document["components"]["schemas"]["PaintSchema"]["properties"]["colour"]
    assert colour["deprecated"] is True
    assert colour["x-deprecation"] == {
        "since": "2031-01-01",
        "sunset": "2031-09-01",
        "link": "https://v2v.example/changes#colour",
    }


def test_the_documentation_says_until_when_and_what_to_do(api: ContentApi) -> None:
    page = documentation_page(RequestFactory().get("/api/v1/docs/"), api.document_at("/api/v1/"))

    html = page.content.decode()

    for deprecation in (OF_FIELD, OF_PARAMETER, OF_OPERATION):
        assert f'gone on {deprecation.sunset}: <a href="{deprecation.link}">' in html


def test_half_a_year_of_notice_is_the_least() -> None:
    with pytest.raises(ValueError, match="182 days"):
        Deprecation(date(2031, 1, 1), date(2031, 6, 1), "https://v2v.example/changes")
