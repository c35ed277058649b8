"""Marks of what will be gone: on an operation, a parameter or a field, with dates and a link.

One mark does both: the OpenAPI document says ``deprecated``, and whoever still asks for it is told
by the headers ``Deprecation`` (RFC 9745) and ``Sunset`` (RFC 8594), and by a link to what to do.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from pydantic.fields import FieldInfo

from .selection import Schemas, Selectable, selected_fields

MARK: Final = "x-deprecation"
LEAST_NOTICE_DAYS: Final = 182
"""Half a year between both dates, as docs/partners.md promises."""

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when something is deprecated, when it will be gone, and where it says what to do."""

    since: date
    sunset: date
    link: str

    def __post_init__(self) -> None:
        """Refuses to give less notice than was promised.

        Raises:
            ValueError: when the dates are too near to each other.
        """
        if (self.sunset - self.since).days < LEAST_NOTICE_DAYS:
            raise ValueError(f"Give at least {LEAST_NOTICE_DAYS} days of notice.")

    @property
    def marks(self) -> dict[str, Any]:
        """What a field or parameter takes as ``json_schema_extra``."""
        return {"deprecated": True, MARK: self._written}

    @property
    def _written(self) -> dict[str, str]:
        dates = {name: getattr(self, name).isoformat() for name in ("since", "sunset")}
        return {**dates, "link": self.link}

    @classmethod
    def of(cls, field: FieldInfo) -> "Deprecation | None":
        """Returns what is marked on a field or parameter."""
        extra = field.json_schema_extra
        marks: Any = extra.get(MARK) if isinstance(extra, dict) else None
        if marks is None:
            return None
        since, sunset = (date.fromisoformat(marks[name]) for name in ("since", "sunset"))
        return cls(since, sunset, marks["link"])

    def operation(self, register: Callable[..., Any], path: str, **options: Any) -> Any:
        """Registers an operation as deprecated: ``@OLD.operation(router.get, "/", response=…)``."""
        extra = {MARK: self._written}
        decorate = register(path, deprecated=True, openapi_extra=extra, **options)

        def announced(view: View) -> Any:
            @wraps(view)
            def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                note(request, [self])
                return view(request, *args, **kwargs)

            return decorate(answer)

        return announced


def deprecated_parameters(parameters: Any) -> list[Deprecation]:
    """Returns what is marked on those of the parameters that were given."""
    fields: dict[str, FieldInfo] = type(parameters).model_fields
    found = (Deprecation.of(fields[name]) for name in parameters.model_fields_set)
    return [deprecation for deprecation in found if deprecation]


def deprecated_fields(
    schemas: Schemas, choices: Collection[str], include: Collection[str]
) -> list[Deprecation]:
    """Returns what is marked on the fields that an answer has by these choices."""
    return [
        marked[name]
        for schema in schemas
        if (marked := _marked_fields(schema))
        for name in selected_fields(schema, choices, include)
        if name in marked
    ]


@cache
def _marked_fields(schema: type[Selectable]) -> dict[str, Deprecation]:
    """Returns what is marked on a schema: mostly nothing, and then no request need look again."""
    found = {name: Deprecation.of(field) for name, field in schema.model_fields.items()}
    return {name: deprecation for name, deprecation in found.items() if deprecation}


def note(request: HttpRequest, deprecations: Iterable[Deprecation]) -> None:
    """Remembers what of a request is deprecated, until its answer is there."""
    request.__dict__.setdefault("_v2v_deprecations", []).extend(deprecations)


def announce(request: HttpRequest, response: HttpResponse) -> None:
    """Tells in the headers of an answer what of its request is deprecated, the nearest date first.

    The date of ``Deprecation`` is a structured field (RFC 9651, 3.3.7).
    """
    found: list[Deprecation] = request.__dict__.get("_v2v_deprecations", [])
    if not found:
        return
    since, sunset = min(each.since for each in found), min(each.sunset for each in found)
    response["Deprecation"] = f"@{_seconds(since)}"
    response["Sunset"] = http_date(_seconds(sunset))
    links = dict.fromkeys(each.link for each in found)
    relations = (f'<{link}>; rel="deprecation"; type="text/html"' for link in links)
    response["Link"] = ", ".join(relations)


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
