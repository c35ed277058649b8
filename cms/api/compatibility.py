"""Finds what would break the programs that were written after an earlier OpenAPI document.

Additions pass: new addresses, optional parameters, fields, values and kinds of block are announced
as things that clients must tolerate. What was there must stay as it was. The two documents are
compared as Ninja writes them: schemas by name, everything else in its place.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

Document = dict[str, Any]
Findings = Iterator[str]

LOWER_LIMITS: Final = ("minimum", "minLength", "minItems")
UPPER_LIMITS: Final = ("maximum", "maxLength", "maxItems")
UNCHANGED: Final = ("type", "format", "pattern", "const", "$ref", "default", "additionalProperties")
"""What clients are generated from, and what an answer without the parameter depends on."""

GROWING: Final = ("oneOf", "anyOf")
MISSING: Final = object()


def breaking_changes(old: Document, new: Document) -> list[str]:
    """Returns each change from ``old`` to ``new`` that breaks clients, as a sentence."""
    return [
        *_paths(old.get("paths", {}), new.get("paths", {})),
        *_named_schemas(
            old.get("components", {}).get("schemas", {}),
            new.get("components", {}).get("schemas", {}),
        ),
    ]


def _kept(
    old: Document, new: Document, what: Callable[[str], str]
) -> Iterator[tuple[str, Any, Any] | str]:
    """Yields name, old and new value of what is in both; a sentence for what is missing."""
    for name, value in old.items():
        if name in new:
            yield name, value, new[name]
        else:
            yield f"{what(name)} is gone."


def _each(
    old: Document,
    new: Document,
    what: Callable[[str], str],
    compare: Callable[[str, Any, Any], Findings],
) -> Findings:
    for kept in _kept(old, new, what):
        if isinstance(kept, str):
            yield kept
        else:
            name, before, after = kept
            yield from compare(what(name), before, after)


def _paths(old: Document, new: Document) -> Findings:
    def methods(path: str, before: Document, after: Document) -> Findings:
        yield from _each(before, after, lambda method: f"{method.upper()} {path}", _operation)

    yield from _each(old, new, str, methods)


def _operation(where: str, old: Document, new: Document) -> Findings:
    name, other = old.get("operationId"), new.get("operationId")
    if name != other:
        yield f"{where}: the operation {name} is called {other}."
    before, after = (
        {f"{p['name']} ({p['in']})": p for p in operation.get("parameters", [])}
        for operation in (old, new)
    )
    yield from _each(before, after, lambda name: f"{where}: the parameter {name}", _parameter)
    for added in after.keys() - before.keys():
        if after[added].get("required"):
            yield f"{where}: the new parameter {added} is required."
    yield from _each(
        old.get("responses", {}), new.get("responses", {}), lambda status: f"{where}: {status}",
        _response,
    )  # fmt: skip


def _parameter(where: str, old: Document, new: Document) -> Findings:
    if new.get("required") and not old.get("required"):
        yield f"{where} has become required."
    for name in ("style", "explode"):
        if old.get(name) != new.get(name):
            yield f"{where}: {name} has changed."
    yield from _schema(where, old.get("schema", {}), new.get("schema", {}))


def _response(where: str, old: Document, new: Document) -> Findings:
    yield from _each(
        old.get("headers", {}), new.get("headers", {}), lambda name: f"{where}: the header {name}",
        _schema,
    )  # fmt: skip

    def media(kind: str, before: Document, after: Document) -> Findings:
        yield from _schema(kind, before.get("schema", {}), after.get("schema", {}))

    yield from _each(
        old.get("content", {}), new.get("content", {}), lambda kind: f"{where} as {kind}", media
    )


def _named_schemas(old: Document, new: Document) -> Findings:
    yield from _each(old, new, lambda name: f"The schema {name}", _schema)


def _schema(where: str, old: Document, new: Document) -> Findings:
    for name in UNCHANGED:
        before, after = old.get(name, MISSING), new.get(name, MISSING)
        if before != after:
            yield f"{where}: {name} was {_shown(before)} and is {_shown(after)}."
    yield from _limits(where, old, new)
    yield from _enum(where, old, new)
    yield from _alternatives(where, old, new)
    if lost := sorted(set(old.get("required", ())) - set(new.get("required", ()))):
        yield f"{where}: {', '.join(lost)} may now be missing."
    if "items" in old or "items" in new:
        yield from _schema(f"{where}, each", old.get("items", {}), new.get("items", {}))
    yield from _each(
        old.get("properties", {}), new.get("properties", {}), lambda name: f"{where}.{name}",
        _schema,
    )  # fmt: skip


def _limits(where: str, old: Document, new: Document) -> Findings:
    for name in LOWER_LIMITS:
        if new.get(name, float("-inf")) > old.get(name, float("-inf")):
            yield f"{where}: {name} has been raised to {new[name]}."
    for name in UPPER_LIMITS:
        if new.get(name, float("inf")) < old.get(name, float("inf")):
            yield f"{where}: {name} has been lowered to {new[name]}."


def _enum(where: str, old: Document, new: Document) -> Findings:
    if ("enum" in old) != ("enum" in new):
        yield f"{where}: it {'has' if 'enum' in new else 'had'} a list of values."
        return
    lost = [value for value in old.get("enum", ()) if value not in new.get("enum", ())]
    if lost:
        yield f"{where}: the values {_shown(lost)} are gone."


def _alternatives(where: str, old: Document, new: Document) -> Findings:
    """Compares kinds of value: none may go, and none may come where there was but one."""
    for name in GROWING:
        before, after = old.get(name, []), new.get(name, [])
        if lost := [kind for kind in before if kind not in after]:
            yield f"{where}: the kinds {_shown(lost)} are gone."
        may_grow = name == "oneOf" and before
        if not may_grow and any(kind not in before for kind in after):
            yield f"{where}: there are new kinds of value."


def _shown(value: Any) -> str:
    return "absent" if value is MISSING else repr(value)
