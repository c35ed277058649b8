"""Which fields of an item a reader wants: the parameter ``fields``."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

ALL = "*"


def _require_core_only(schema: dict[str, Any], model: type["Selectable"]) -> None:
    schema["required"] = list(model.core)


class Selectable(BaseModel):
    """An item that comes with all its fields unless the reader chooses some.

    In the OpenAPI document only ``core`` is required, since the rest may be left out; here, each
    field is required, so that a test sees when one is missing.
    """

    core: ClassVar[tuple[str, ...]] = ("id",)
    """Fields that always come."""

    on_demand: ClassVar[tuple[str, ...]] = ()
    """Fields that come only where they are asked for."""

    model_config = ConfigDict(json_schema_extra=_require_core_only)


Schemas = tuple[type[Selectable], ...]


def known_fields(schemas: Schemas) -> list[str]:
    """Returns the names of all fields that any of ``schemas`` has, sorted."""
    return sorted({name for schema in schemas for name in schema.model_fields})


def field_choices(schemas: Schemas) -> list[str]:
    """Returns what ``fields`` may consist of: names, names to leave out, and ``*``."""
    core = {name for schema in schemas for name in schema.core}
    names = known_fields(schemas)
    return [ALL, *names, *(f"-{name}" for name in names if name not in core)]


def selected_fields(schema: type[Selectable], choices: list[str]) -> list[str]:
    """Returns the fields of ``schema`` that are wanted, ``core`` first.

    Plain names are exactly these; ``*`` is all; names behind a minus sign are left out; with
    nothing but such names, or nothing at all, the usual fields remain. ``core`` always comes.
    """
    plain = {choice for choice in choices if not choice.startswith("-")}
    removed = {choice[1:] for choice in choices if choice.startswith("-")}
    usual = set(schema.model_fields) - set(schema.on_demand)
    wanted = set(schema.model_fields) if ALL in plain else plain or usual
    wanted -= removed | set(schema.core)
    return [*schema.core, *(name for name in schema.model_fields if name in wanted)]
