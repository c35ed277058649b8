"""The OpenAPI document: what Ninja writes, made true for this API's headers and errors."""

from typing import Any, Final

from .errors import PROBLEM_JSON
from .schemas.problems import ProblemSchema

HEADERS: Final = {
    "Cache-Control": "How long the answer may be kept.",
    "Content-Language": "The languages of the texts in the answer.",
    "ETag": "Send it as If-None-Match to hear of changes only.",
}

SCHEMA: Final = "#/components/schemas/"
HEADER: Final = "#/components/headers/"

DESCRIPTIONS: Final = {
    "304": "Nothing has changed since the answer with this ETag.",
    "400": "A parameter is unknown or wrong; the answer names the allowed ones.",
    "202": "It was taken. What becomes of it is not said here.",
    "404": "There is nothing public at this address.",
    "409": "The stamp is too old: read the form again.",
    "410": "What was here has been retired; the answer says what replaced it.",
    "422": "A field of the body is wrong; the answer says which.",
    "429": "Too much was sent from one network; try again later.",
}

READ: Final = frozenset({"200", "304"})
"""Answers that can be kept, and have the headers for it."""


def answers(
    schema: Any, *, may_be_missing: bool = False, may_be_gone: bool = False
) -> dict[int, Any]:
    """Returns all answers of an operation, for Ninja's ``response=``.

    Args:
        schema: Of the answer.
        may_be_missing: Whether the address may lead to nothing.
        may_be_gone: Whether it may lead to what there is no more.
    """
    documented = {200: schema, 304: None, 400: ProblemSchema}
    errors = {404: may_be_missing, 410: may_be_gone}
    return documented | {
        status: ProblemSchema for status, is_possible in errors.items() if is_possible
    }


def answers_to_post(schema: Any) -> dict[int, Any]:
    """Returns all answers of an operation that takes a form, for Ninja's ``response=``."""
    return {202: schema, **dict.fromkeys((400, 409, 422, 429), ProblemSchema)}


def corrected(document: dict[str, Any]) -> dict[str, Any]:
    """Returns Ninja's document with the real media type of errors, headers and descriptions.

    Schemas that nothing refers to (those of parameters) are dropped: clients would generate them.
    """
    for operation in (one for path in document["paths"].values() for one in path.values()):
        operation["responses"] = {
            str(status): _corrected(str(status), response)
            for status, response in operation["responses"].items()
        }
        for parameter in operation["parameters"]:
            parameter["schema"].pop("description", None)
            if parameter["name"] == "fields":
                parameter |= {"style": "form", "explode": False}
    _drop_titles(document["paths"])
    _drop_titles(document["components"])
    schemas = document["components"]["schemas"]
    needed = _referred_to(document["paths"], schemas)
    document["components"] = {
        "schemas": {name: schemas[name] for name in sorted(needed)},
        "headers": {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in HEADERS.items()
        },
    }
    del document["servers"]
    return document


def _corrected(status: str, response: dict[str, Any]) -> dict[str, Any]:
    response["description"] = DESCRIPTIONS.get(status, response["description"])
    if status.startswith("4"):
        response["content"] = {PROBLEM_JSON: response["content"].pop("application/json")}
    elif status in READ:
        response["headers"] = {name: {"$ref": f"{HEADER}{name}"} for name in HEADERS}
    return response


def _drop_titles(part: Any) -> None:
    """Drops the titles that pydantic makes of names: they say nothing that the names do not."""
    if isinstance(part, list):
        for inner in part:
            _drop_titles(inner)
    elif isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        for inner in part.values():
            _drop_titles(inner)


def _referred_to(part: Any, schemas: dict[str, Any]) -> set[str]:
    """Returns the names of the schemas that ``part`` refers to, directly or through others."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting += current
        elif isinstance(current, dict):
            reference = str(current.get("$ref", ""))
            name = reference.removeprefix(SCHEMA)
            if reference.startswith(SCHEMA) and name not in found:
                found.add(name)
                waiting.append(schemas[name])
            waiting += current.values()
    return found
