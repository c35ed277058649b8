"""The OpenAPI document: what Ninja writes, made true for this API's headers and errors."""

from collections.abc import Iterable
from typing import Any, Final

from .errors import PROBLEM_JSON
from .schemas.problems import ProblemSchema

HEADERS: Final = {
    "Cache-Control": "How long the answer may be kept.",
    "Content-Language": "The languages of the texts in the answer.",
    "ETag": "Send it as If-None-Match to hear of changes only.",
    "Last-Modified": "When the one item in the answer was last published.",
    "Surrogate-Key": "The keys by which a CDN is told what to forget.",
    "Deprecation": "Since when something that was asked for is deprecated (RFC 9745).",
    "Sunset": "When it will be gone (RFC 8594).",
}
RATE_HEADERS: Final = {
    "RateLimit-Limit": "How many requests a minute are granted.",
    "RateLimit-Remaining": "How many more may come at once.",
    "RateLimit-Reset": "In how many seconds all of them may come at once again.",
}
"""Not in answers that a cache gives out: those count for nothing."""

WAITING: Final = {"Retry-After": "After how many seconds to ask again."}

KEY: Final = "apiKey"
SECURITY_SCHEMES: Final = {
    KEY: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "v2v_…",
        "description": "The key of a partner site. Nobody needs one to read: it grants more "
        "requests a minute, and answers to it are for nobody else to keep.",
    }
}

OF_KEPT_ANSWERS: Final = frozenset({"ETag", "Last-Modified", "Surrogate-Key"})

SCHEMA: Final = "#/components/schemas/"
HEADER: Final = "#/components/headers/"
RESPONSE: Final = "#/components/responses/"

DESCRIPTIONS: Final = {
    "304": "Nothing has changed since the answer with this ETag.",
    "400": "A parameter is unknown or wrong; the answer names the allowed ones.",
    "202": "It was taken. What becomes of it is not said here.",
    "401": "The key that was sent opens nothing; the answer says why.",
    "403": "Who asks may not have this, or not any more; the answer says why.",
    "404": "There is nothing public at this address.",
    "409": "The stamp is too old: read the form again.",
    "410": "What was here is gone; the answer says what replaced it, or what to do.",
    "422": "A field of the body is wrong; the answer says which.",
    "429": "Too many requests in a minute, or too many forms from one network in a day.",
}

LIMITED: Final = {"429": "TooManyRequests"}
KEY_REFUSED: Final = {"401": "KeyRefused", "403": "KeyNotForThis"}
"""Answers that stand before every operation, by the names that they have in the document."""


def answers(
    schema: Any,
    *,
    may_be_missing: bool = False,
    may_be_gone: bool = False,
    may_be_refused: bool = False,
    is_kept: bool = True,
) -> dict[int, Any]:
    """Returns all answers of an operation, for Ninja's ``response=``.

    Args:
        schema: Of the answer.
        may_be_missing: Whether the address may lead to nothing.
        may_be_gone: Whether it may lead to what there is no more.
        may_be_refused: Whether only some may read it.
        is_kept: Whether caches may keep the answer, and ask whether it is still right.
    """
    unchanged = {304: None} if is_kept else {}
    documented = {200: schema, **unchanged, 400: ProblemSchema}
    errors = {403: may_be_refused, 404: may_be_missing, 410: may_be_gone}
    return documented | {
        status: ProblemSchema for status, is_possible in errors.items() if is_possible
    }


def answers_to_post(schema: Any) -> dict[int, Any]:
    """Returns all answers of an operation that takes a form, for Ninja's ``response=``."""
    return {202: schema, **dict.fromkeys((400, 409, 422), ProblemSchema)}


def corrected(document: dict[str, Any], *, with_keys: bool) -> dict[str, Any]:
    """Returns Ninja's document with the real media type of errors, headers and descriptions.

    Schemas that nothing refers to (those of parameters) are dropped: clients would generate them.
    Keys are named once for the whole document, beside asking without one.
    """
    refusals = LIMITED | (KEY_REFUSED if with_keys else {})
    named = {status: {"$ref": f"{RESPONSE}{name}"} for status, name in refusals.items()}
    for operation in (one for path in document["paths"].values() for one in path.values()):
        responses = {str(status): each for status, each in operation["responses"].items()}
        headers = [n for n in HEADERS if "304" in responses or n not in OF_KEPT_ANSWERS]
        operation["responses"] = {
            status: _corrected(status, response, headers) for status, response in responses.items()
        }
        operation["responses"] = dict(sorted((operation["responses"] | named).items()))
        for parameter in operation["parameters"]:
            parameter["schema"].pop("description", None)
            if parameter["name"] in {"fields", "include"}:
                parameter |= {"style": "form", "explode": False}
    _drop_titles(document["paths"])
    _drop_titles(document["components"])
    _drop_null_defaults(document["components"]["schemas"])
    schemas = document["components"]["schemas"]
    needed = _referred_to(document["paths"], schemas)
    document["components"] = {
        "schemas": {name: schemas[name] for name in sorted(needed)},
        "responses": {name: _refusal(status) for status, name in sorted(refusals.items())},
        "headers": {
            name: {"description": text, "schema": {"type": kind}}
            for headers, kind in ((HEADERS, "string"), (RATE_HEADERS | WAITING, "integer"))
            for name, text in headers.items()
        },
    }
    if with_keys:
        document["components"]["securitySchemes"] = SECURITY_SCHEMES
        document["security"] = [{}, {KEY: []}]
    del document["servers"]
    return document


def _corrected(status: str, response: dict[str, Any], headers: list[str]) -> dict[str, Any]:
    response["description"] = DESCRIPTIONS.get(status, response["description"])
    if status.startswith("4"):
        response["content"] = {PROBLEM_JSON: response["content"].pop("application/json")}
    else:
        response["headers"] = _headers([*headers, *RATE_HEADERS])
    return response


def _refusal(status: str) -> dict[str, Any]:
    """Returns what is told to whoever may not ask, or not now."""
    schema = {"$ref": f"{SCHEMA}{ProblemSchema.__name__}"}
    return {
        "description": DESCRIPTIONS[status],
        "content": {PROBLEM_JSON: {"schema": schema}},
        "headers": _headers(RATE_HEADERS | (WAITING if status == "429" else {})),
    }


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"{HEADER}{name}"} for name in names}


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


def _drop_null_defaults(schemas: dict[str, Any]) -> None:
    """Drops the defaults of fields that come only where they are asked for: they are never null."""
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            if field.get("default", "") is None:
                del field["default"]


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
