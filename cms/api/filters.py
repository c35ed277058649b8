"""Filters of lists: ranges by operators, and the limits of what databases can compare."""

from datetime import UTC, datetime
from typing import Any, Final

from .schemas.parameters import OPERATORS, ListParameters

LOOKUPS: Final = {"eq": "exact", "gt": "gt", "gte": "gte", "lt": "lt", "lte": "lte"}
EARLIEST: Final = datetime(2, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9998, 12, 31, tzinfo=UTC)
"""Beyond these, a moment of another time zone lies outside of what a database can store."""


def within_ranges(queryset: Any, parameters: ListParameters, columns: dict[str, str]) -> Any:
    """Applies the parameters ``name[gte]`` and so on to the columns that they are about.

    Args:
        queryset: What is filtered.
        parameters: What was asked for.
        columns: Column by the name that the parameters have.
    """
    return queryset.filter(**asked_ranges(parameters, columns))


def asked_ranges(parameters: ListParameters, columns: dict[str, str]) -> dict[str, Any]:
    """Returns these conditions themselves, as ``filter()`` takes them."""
    asked = parameters.model_dump(exclude_unset=True, by_alias=True)
    return {
        f"{column}__{LOOKUPS[operator]}": _comparable(asked[f"{name}[{operator}]"])
        for name, column in columns.items()
        for operator in OPERATORS
        if f"{name}[{operator}]" in asked
    }


def _comparable(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    # in UTC, since PostgreSQL refuses time zones further away than sixteen hours
    return min(max(value, EARLIEST), LATEST).astimezone(UTC)
