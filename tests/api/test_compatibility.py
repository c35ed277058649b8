"""Changes of the API that break its clients are found; additions pass."""

import copy
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.api.compatibility import breaking_changes

ROOT = Path(__file__).resolve().parents[2]
Document = dict[str, Any]

NEWS = "/api/v1/news/"


@pytest.fixture
def released() -> Document:
    """The document of the last release."""
    found: Document = json.loads((ROOT / "openapi.released.json").read_text(encoding="utf-8"))
    return found


def operation(document: Document) -> Document:
    """Returns the list of news."""
    found: Document = document["paths"][NEWS]["get"]
    return found


def parameter(document: Document, name: str) -> Document:
    """Returns one of its parameters."""
    found: Document = next(p for p in operation(document)["parameters"] if p["name"] == name)
    return found


def fields(document: Document, schema: str) -> Document:
    """Returns the fields of a schema."""
    found: Document = document["components"]["schemas"][schema]["properties"]
    return found


def require_header(document: Document) -> None:
    required = {"name": "key", "in": "header", "required": True, "schema": {"type": "string"}}
    operation(document)["parameters"].append(required)


BREAKS: dict[str, tuple[Callable[[Document], Any], str]] = {
    "path": (lambda d: d["paths"].pop(NEWS), "/api/v1/news/ is gone."),
    "method": (lambda d: d["paths"][NEWS].pop("get"), "GET /api/v1/news/ is gone."),
    "operation": (lambda d: operation(d).update(operationId="all_list"), "is called all_list."),
    "parameter": (
        lambda d: operation(d)["parameters"].remove(parameter(d, "tag")),
        "the parameter tag (query) is gone.",
    ),
    "required": (lambda d: parameter(d, "tag").update(required=True), "has become required."),
    "new required": (require_header, "the new parameter key (header) is required."),
    "default": (
        lambda d: parameter(d, "limit")["schema"].update(default=10),
        "default was 20 and is 10.",
    ),
    "maximum": (
        lambda d: parameter(d, "limit")["schema"].update(maximum=50),
        "maximum has been lowered to 50.",
    ),
    "minimum": (
        lambda d: parameter(d, "limit")["schema"].update(minimum=2),
        "minimum has been raised to 2.",
    ),
    "choice": (
        lambda d: parameter(d, "order")["schema"]["enum"].remove("title"),
        "the values ['title'] are gone.",
    ),
    "listed choice": (
        lambda d: parameter(d, "fields")["schema"]["items"]["enum"].remove("body"),
        "each: the values ['body'] are gone.",
    ),
    "style": (lambda d: parameter(d, "fields").update(explode=True), "explode has changed."),
    "status": (lambda d: operation(d)["responses"].pop("304"), "304 is gone."),
    "media type": (
        lambda d: operation(d)["responses"]["400"].update(content={}),
        "400 as application/problem+json is gone.",
    ),
    "answer": (
        lambda d: operation(d)["responses"]["200"]["content"]["application/json"].update(
            schema={"$ref": "#/components/schemas/StoryListSchema"}
        ),
        "$ref was",
    ),
    "header": (
        lambda d: operation(d)["responses"]["200"]["headers"].pop("ETag"),
        "the header ETag is gone.",
    ),
    "schema": (lambda d: d["components"]["schemas"].pop("TagSchema"), "TagSchema is gone."),
    "field": (lambda d: fields(d, "NewsSchema").pop("summary"), "NewsSchema.summary is gone."),
    "type": (
        lambda d: fields(d, "NewsSchema")["title"].update(type="integer"),
        "NewsSchema.title: type was 'string' and is 'integer'.",
    ),
    "constant": (
        lambda d: fields(d, "NewsSchema")["type"].update(const="article"),
        "const was 'news' and is 'article'.",
    ),
    "nothing": (
        lambda d: fields(d, "FundingSchema")["emblem_line"]["anyOf"].append({"type": "integer"}),
        "there are new kinds of value.",
    ),
    "value": (
        lambda d: fields(d, "PartnerSchema")["kind"]["enum"].remove("network"),
        "the values ['network'] are gone.",
    ),
    "no values": (
        lambda d: fields(d, "PartnerSchema")["kind"].pop("enum"), "it had a list of values.",
    ),
    "maybe": (
        lambda d: d["components"]["schemas"]["NewsSchema"]["required"].remove("title"),
        "title may now be missing.",
    ),
    "kind of block": (
        lambda d: d["components"]["schemas"]["BlockSchema"]["oneOf"].pop(0), "are gone.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_clients_is_found_and_named(released: Document, name: str) -> None:
    change, sentence = BREAKS[name]
    changed = copy.deepcopy(released)
    change(changed)

    found = breaking_changes(released, changed)

    assert len(found) == 1, found
    assert sentence in found[0]


def test_additions_pass(released: Document) -> None:
    changed = copy.deepcopy(released)
    changed["paths"]["/api/v1/events/"] = copy.deepcopy(changed["paths"][NEWS])
    optional = {"name": "topic", "in": "query", "required": False, "schema": {"type": "string"}}
    operation(changed)["parameters"].append(optional)
    operation(changed)["responses"]["429"] = {"description": "Too many."}
    operation(changed)["summary"] = "Other words"
    parameter(changed, "limit")["schema"]["maximum"] = 200
    parameter(changed, "order")["schema"]["enum"].append("summary")
    fields(changed, "NewsSchema")["topics"] = {"type": "array", "items": {"type": "string"}}
    fields(changed, "PartnerSchema")["kind"]["enum"].append("ministry")
    changed["components"]["schemas"]["TopicSchema"] = {"type": "object"}
    block = {"$ref": "#/components/schemas/TopicSchema"}
    changed["components"]["schemas"]["BlockSchema"]["oneOf"].append(block)

    assert breaking_changes(released, changed) == []


def test_a_document_breaks_nothing_of_its_own(released: Document) -> None:
    assert breaking_changes(released, copy.deepcopy(released)) == []


def test_the_committed_document_keeps_what_was_released(released: Document) -> None:
    committed = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))

    assert breaking_changes(released, committed) == []


def test_the_command_refuses_what_breaks_the_release(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    call_command("export_openapi", file, stdout=StringIO())
    document = json.loads(file.read_text(encoding="utf-8"))
    operation(document)["operationId"] = "former_list"
    file.with_name("openapi.released.json").write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(CommandError, match="former_list is called news_list"):
        call_command("export_openapi", file, "--check")
