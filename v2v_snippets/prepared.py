"""Queries that are put together once: for most answers, that is more work than running them.

A function makes the query from slots in place of values; what Django makes of it is kept with the
connection, so that every further call only fills in the values and reads the rows.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Final

from django.db import connections, router
from django.db.models import F, QuerySet, Value
from django.db.models.lookups import In
from django.utils.deconstruct import deconstructible
from wagtail.models import Page

MOST: Final = 300
"""How many queries a connection keeps; what was used least recently goes first."""

KEPT: Final = "_v2v_prepared"
"""The attribute of a connection that holds them: they end with it."""


AS_THEY_ARE: Final = frozenset({int, str})
"""The types of most values, which every database takes as they are."""


@deconstructible
class Slot(Value):
    """The place of a value in a query; ``sample`` is one such value, and tells its type."""

    def __init__(self, name: str, number: int, sample: Any) -> None:
        super().__init__(sample)
        self.name = name
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leaves itself where the value is to stand."""
        return "%s", (self,)


def prepared(build: Callable[..., "QuerySet[Any]"]) -> Callable[..., list[Any]]:
    """Decorates a function that returns a query: calling it returns the rows.

    Positional arguments go to the function as they are, and the query is another one for each of
    them. Arguments by name are values: to the function they are slots, so that it must not look at
    them, nor at the time: a moment is a value. A list, which must not be empty, is a list of slots;
    it is filled up with its last value, so that there are few lengths. A value that is left out
    makes another query.
    """

    @wraps(build)
    def read(*shape: Hashable, **values: Any) -> list[Any]:
        alias = router.db_for_read(Page)  # as everything that readers see
        sizes = tuple(_size(value) for value in values.values())
        made: dict[Hashable, _Made] = connections[alias].__dict__.setdefault(KEPT, {})
        key = (build, shape, tuple(values), sizes)
        query = made.pop(key, None)
        if query is None:
            slots = {name: _slots(name, value) for name, value in values.items()}
            query = _Made(build(*shape, **slots).using(alias), alias)
            if len(made) >= MOST:
                del made[next(iter(made))]
        made[key] = query  # the last one now
        return query.rows(values)

    return read


def one_of(column: str, values: Any) -> In:
    """Returns the condition ``column__in=values``, for a key whose lookup takes no slots."""
    return In(F(column), values)


class _Made:
    """One query on one connection, as the database takes it."""

    def __init__(self, queryset: "QuerySet[Any]", alias: str) -> None:
        query: Any = queryset.query
        compiler = query.get_compiler(using=alias)
        self._sql, self._parameters = compiler.as_sql()
        converters = compiler.get_converters([each[0] for each in compiler.select])
        compiler.get_converters = lambda _expressions: converters
        compiler.as_sql = self._filled
        query.get_compiler = lambda *_names, **_options: compiler
        self._connection = compiler.connection
        # QuerySets read rows by it, in a copy for each call that is not needed here
        self._rows: Any = vars(queryset)["_iterable_class"](queryset)
        self._values: dict[str, Any] = {}

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """Runs the query with these values."""
        self._values = values
        return list(self._rows)

    def _filled(self, *_names: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        prepared: dict[str, list[Any]] = {}
        filled = []
        for each in self._parameters:
            if type(each) is Slot:
                values = prepared.get(each.name)
                if values is None:
                    values = prepared[each.name] = self._prepared(each)
                # a list is filled up with its last value
                filled.append(values[each.number] if each.number < len(values) else values[-1])
            else:
                filled.append(each)
        return self._sql, tuple(filled)

    def _prepared(self, slot: Slot) -> list[Any]:
        """Returns the values of all slots of this name, as the database takes them."""
        value = self._values[slot.name]
        values = list(value) if isinstance(value, list | tuple) else [value]
        if all(type(each) in AS_THEY_ARE for each in values):
            return values
        prepare = slot.output_field.get_db_prep_value
        return [prepare(each, connection=self._connection) for each in values]


def _size(value: Any) -> int:
    """Returns for how many values there are to be slots; 0 where it is no list."""
    if not isinstance(value, list | tuple):
        return 0
    return 1 << (len(value) - 1).bit_length()


def _slots(name: str, value: Any) -> Slot | list[Slot]:
    if not isinstance(value, list | tuple):
        return Slot(name, 0, value)
    return [
        Slot(name, number, value[min(number, len(value) - 1)]) for number in range(_size(value))
    ]
