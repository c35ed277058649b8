"""Which fields of an item a reader wants, and which relations: ``fields`` and ``include``."""

from collections.abc import Collection
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

ALL = "*"

INCLUDED = "included"
"""The field that holds the records of the relations asked for; it comes for no other reason."""


def _require_core_only(schema: dict[str, Any], model: type["Selectable"]) -> None:
    schema["required"] = list(model.core)


def _require_nothing(schema: dict[str, Any]) -> None:
    schema.pop("required", None)


class Selectable(BaseModel):
    """An item that comes with all its fields unless the reader chooses some.

    In the OpenAPI document only ``core`` is required, since the rest may be left out; here, each
    field is required, so that a test sees when one is missing.
    """

    core: ClassVar[tuple[str, ...]] = ("id",)
    """Fields that always come."""

    on_demand: ClassVar[tuple[str, ...]] = ()
    """Fields that come only where they are asked for."""

    includes: ClassVar[tuple[str, ...]] = ()
    """Relations whose records can be embedded; the schema of ``included`` has a field for each."""

    model_config = ConfigDict(json_schema_extra=_require_core_only)


class Inclusions(BaseModel):
    """Whole records of an item's relations: those of them that were asked for."""

    model_config = ConfigDict(json_schema_extra=_require_nothing)


def on_request(**more: Any) -> Any:
    """Returns a field that is missing, and not null, where nobody asks for it."""
    return Field(default=None, **more)


Schemas = tuple[type[Selectable], ...]


def known_fields(schemas: Schemas) -> list[str]:
    """Returns the names of all fields that any of ``schemas`` has, sorted."""
    return sorted({name for schema in schemas for name in _choosable(schema)})


def known_relations(schemas: Schemas) -> list[str]:
    """Returns the names of all relations that any of ``schemas`` can embed, sorted."""
    return sorted({name for schema in schemas for name in schema.includes})


def field_choices(schemas: Schemas) -> list[str]:
    """Returns what ``fields`` may consist of: names, names to leave out, and ``*``."""
    core = {name for schema in schemas for name in schema.core}
    names = known_fields(schemas)
    return [ALL, *names, *(f"-{name}" for name in names if name not in core)]


def selected_fields(
    schema: type[Selectable], choices: Collection[str], include: Collection[str] = ()
) -> list[str]:
    """Returns the fields of ``schema`` that are wanted, ``core`` first.

    Plain names are exactly these; ``*`` is all; names behind a minus sign are left out; with
    nothing but such names, or nothing at all, the usual fields remain. ``core`` always comes, and
    so do the relations to ``include``.
    """
    plain = {choice for choice in choices if not choice.startswith("-")}
    removed = {choice[1:] for choice in choices if choice.startswith("-")}
    known = _choosable(schema)
    usual = set(known) - set(schema.on_demand)
    wanted = set(known) if ALL in plain else plain or usual
    wanted -= removed | set(schema.core)
    embedded = [INCLUDED] if set(include) & set(schema.includes) else []
    return [*schema.core, *(name for name in known if name in wanted), *embedded]


def _choosable(schema: type[Selectable]) -> list[str]:
    return [name for name in schema.model_fields if name != INCLUDED]
