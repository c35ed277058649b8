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


def removable_fields(schemas: Schemas) -> list[str]:
    """Returns the names that may stand behind a minus sign."""
    core = {name for schema in schemas for name in schema.core}
    return [name for name in known_fields(schemas) if name not in core]


def selection_pattern(schemas: Schemas) -> str:
    """Returns the pattern of valid values of ``fields``, for the OpenAPI document."""
    names = "|".join(known_fields(schemas))
    part = rf"(\*|{names}|-({'|'.join(removable_fields(schemas))}))"
    return f"^{part}(,{part})*$"


def unknown_part(schemas: Schemas, value: str) -> str | None:
    """Returns the first part of ``value`` that is no choice of fields, or None."""
    allowed = {ALL, *known_fields(schemas), *(f"-{name}" for name in removable_fields(schemas))}
    return next((part for part in value.split(",") if part not in allowed), None)


def selected_fields(schema: type[Selectable], value: str) -> list[str]:
    """Returns the fields of ``schema`` that ``value`` asks for, in the schema's order.

    Plain names are exactly these; ``*`` is all; names behind a minus sign are left out; with
    nothing but such names, or nothing at all, the usual fields remain. ``core`` always comes.
    """
    parts = [part for part in value.split(",") if part]
    plain = {part for part in parts if not part.startswith("-")}
    removed = {part[1:] for part in parts if part.startswith("-")}
    usual = set(schema.model_fields) - set(schema.on_demand)
    wanted = set(schema.model_fields) if ALL in plain else plain or usual
    wanted -= removed | set(schema.core)
    return [*schema.core, *(name for name in schema.model_fields if name in wanted)]
