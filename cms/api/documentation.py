"""The OpenAPI document as a page for people: no script, nothing from elsewhere."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .caching import CACHE_CONTROL
from .openapi import SCHEMA
from .schemas.deprecation import MARK

EXAMPLES: dict[str, dict[str, str | list[str]]] = {
    "content_list": {"type": "news", "updated_at[gte]": "2021-03-29T00:00:00Z"},
    "news_list": {"locale": "sq", "limit": "3", "fields": "summary,image,published_on"},
    "stories_list": {"twinning": "3", "order": "published_on"},
    "partners_list": {"country": "FI"},
    "glossary_list": {"q": "skola", "locale": "sq"},
    "redirects_list": {"limit": "100"},
    "export_list": {"locale": "sq", "fallback": "none", "type": ["news", "stories"]},
    "navigation_item": {"locale": "sq"},
    "settings_item": {"locale": "sq"},
    "search_list": {"q": "skola", "locale": "sq"},
    "resolve_item": {"path": "/fi/news/"},
    "vetcomparison_item": {"country": ["BA", "HR"]},
}
"""Parameters of the examples, by operation; an example without any is as good for the others."""


@dataclass(frozen=True)
class Property:
    """A parameter of an operation, or a field of a schema."""

    name: str
    kind: SafeString
    description: SafeString
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One address with what it takes and gives."""

    name: str
    method: str
    path: str
    summary: str
    description: SafeString
    parameters: list[Property]
    answer: SafeString
    example: str


@dataclass(frozen=True)
class Schema:
    """The shape of a part of an answer."""

    name: str
    description: SafeString
    fields: list[Property]
    alternatives: list[SafeString]


def documentation_page(request: HttpRequest, document: dict[str, Any]) -> HttpResponse:
    """Returns the page."""
    root = request.build_absolute_uri("/").rstrip("/")
    context = {
        "info": document["info"],
        "operations": [
            _operation(path, method.upper(), operation, root)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        ],
        "schemas": [_schema(*pair) for pair in document["components"]["schemas"].items()],
        "document_url": reverse("v2v_api:openapi-json"),
    }
    response = HttpResponse(render_to_string("v2v_api/documentation.html", context, request))
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Language"] = "en"
    return response


def _operation(path: str, method: str, operation: dict[str, Any], root: str) -> Operation:
    name = operation["operationId"]
    query = urlencode(EXAMPLES.get(name, {}), doseq=True, safe="[]:,")
    address = re.sub(r"\{\w+\}", "ID", path)
    return Operation(
        name=name,
        method=method,
        path=path,
        summary=operation["summary"],
        description=described(operation, operation),
        parameters=[
            Property(
                parameter["name"],
                kind_of(parameter["schema"]),
                described(parameter, parameter["schema"]),
                is_required=parameter["required"],
            )
            for parameter in operation["parameters"]
        ]
        + _body(operation),
        answer=_answer(_success(operation)),
        example=f"curl{_sent(operation)} '{root}{address}{'?' if query else ''}{query}'",
    )


def _success(operation: dict[str, Any]) -> dict[str, Any]:
    responses: dict[str, dict[str, Any]] = operation["responses"]
    return next(each for status, each in responses.items() if status.startswith("2"))


def _answer(response: dict[str, Any]) -> SafeString:
    if "content" in response:
        return kind_of(response["content"]["application/json"]["schema"])
    [(media_type, lines)] = response["x-content"].items()
    return format_html("{}: {} in each line", media_type, kind_of(lines["itemSchema"]))


def _body(operation: dict[str, Any]) -> list[Property]:
    """Returns what is sent, in a table with the parameters."""
    if "requestBody" not in operation:
        return []
    kind = kind_of(operation["requestBody"]["content"]["application/json"]["schema"])
    return [Property("body", kind, with_code("As JSON."), is_required=True)]


def _sent(operation: dict[str, Any]) -> str:
    return " --json @form.json" if "requestBody" in operation else ""


def _schema(name: str, schema: dict[str, Any]) -> Schema:
    required = schema.get("required", ())
    properties = schema.get("properties", {}).items()
    return Schema(
        name=name,
        description=with_code(schema.get("description", "")),
        fields=[
            Property(field, kind_of(kind), described(kind, kind), field in required)
            for field, kind in properties
        ],
        alternatives=[kind_of(kind) for kind in schema.get("oneOf", ())],
    )


def kind_of(schema: dict[str, Any]) -> SafeString:
    """Returns in words what values a schema allows, with links to the schemas it refers to."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(SCHEMA)
        return format_html('<a href="#{0}">{0}</a>', name)
    if "anyOf" in schema:
        kinds = [(kind_of(kind),) for kind in schema["anyOf"]]
        return format_html_join(" or ", "{}", kinds)
    if schema.get("type") == "array":
        return format_html("list of {}", kind_of(schema["items"]))
    if values := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return format_html_join(", ", "<code>{}</code>", [(value,) for value in values])
    return format_html("{}", _plain_kind(schema))


def described(part: dict[str, Any], marked: dict[str, Any]) -> SafeString:
    """Returns what a part of the document is for, and until when it will be there."""
    text = with_code(part.get("description", ""))
    if MARK not in marked:
        return text
    mark = marked[MARK]
    return format_html(
        'Deprecated, and gone on {}: <a href="{}">what to do</a>. {}',
        mark["sunset"],
        mark["link"],
        text,
    )


def with_code(text: str) -> SafeString:
    """Returns a description with what stands between backticks as code."""
    parts = enumerate(text.split("`"))
    written = (format_html("<code>{}</code>", part) if n % 2 else part for n, part in parts)
    return format_html_join("", "{}", ((part,) for part in written))


def _plain_kind(schema: dict[str, Any]) -> str:
    kind = str(schema.get("format") or schema.get("type") or "anything")
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    default = f", else {json.dumps(schema['default'])}" if schema.get("default") else ""
    return f"{kind} {' to '.join(bounds)}".strip() + default
