"""Writes again, in some twenty statements, what building it through the models took hundreds for.

What stands in the database after the second time is what stood there after the first, to the byte:
revisions, log, references, search rows and the change log among it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import time_machine
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Locale, Page, Site

from tests.facts import content_has_changed

Rows = dict[Any, tuple[Any, ...]]
"""Rows as the database's driver gives and takes them, by primary key."""

BASE: dict[type[Model], tuple[str, ...]] = {
    Page: ("pk", "path"),
    Locale: ("pk", "language_code"),
    Site: ("pk",),
}
"""What everything built refers to: emptying a database may give it other keys, or deal the same
keys out in another order."""


@dataclass(frozen=True)
class Difference:
    """What building changed in one table."""

    table: "Table"
    before: frozenset[Any]
    gone: tuple[Any, ...]
    new: tuple[tuple[Any, ...], ...]


class Table:
    """One model's table, read and written without the model."""

    def __init__(self, model: type[Model]) -> None:
        quote = connection.ops.quote_name
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        self.position = fields.index(model._meta.pk)
        self.pk = quote(str(model._meta.pk.column))
        self.columns = ", ".join(quote(str(field.column)) for field in fields)
        name, places = quote(model._meta.db_table), ", ".join(["%s"] * len(fields))
        self.select = " ".join(("SELECT %s FROM", name))
        self.delete = " ".join(("DELETE FROM", name, "WHERE", self.pk, "= %s"))
        self.write = " ".join(("INSERT INTO", name, f"({self.columns}) VALUES ({places})"))

    def rows(self) -> Rows:
        """Returns all rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.select % self.columns)
            return {row[self.position]: tuple(row) for row in cursor}

    def keys(self) -> frozenset[Any]:
        """Returns all primary keys."""
        with connection.cursor() as cursor:
            cursor.execute(self.select % self.pk)
            return frozenset(key for (key,) in cursor)

    def difference(self, before: Rows) -> Difference | None:
        """Returns what changed, an altered row being one that went and one that came."""
        after = self.rows()
        if after == before:
            return None
        gone = tuple(key for key, row in before.items() if after.get(key) != row)
        new = tuple(row for key, row in after.items() if before.get(key) != row)
        return Difference(self, frozenset(before), gone, new)

    def remove(self, keys: tuple[Any, ...]) -> None:
        """Deletes rows, whoever refers to them."""
        with connection.cursor() as cursor:
            cursor.executemany(self.delete, [(key,) for key in keys])

    def insert(self, rows: tuple[tuple[Any, ...], ...]) -> None:
        """Inserts rows."""
        with connection.cursor() as cursor:
            cursor.executemany(self.write, list(rows))


recorded: dict[tuple[Any, ...], list[Difference]] = {}


def replay(key: tuple[Any, ...], build: Callable[[], object]) -> None:
    """Builds the first time, and writes the same rows again where the same ground is found.

    ``key`` names what is built. At another time than now, or beside records that are there already,
    it is built anew; and once more outside of a transaction, where more happens at once.
    """
    if time_machine.escape_hatch.is_travelling():
        build()
        return
    ground = (model._base_manager.values_list(*fields) for model, fields in BASE.items())
    place = (*key, connection.in_atomic_block, *map(frozenset, ground))
    if place not in recorded:
        recorded[place] = list(differences(build))
        return
    if any(each.table.keys() != each.before for each in recorded[place]):
        build()
        return
    with transaction.atomic():
        for each in recorded[place]:
            each.table.remove(each.gone)
        for each in recorded[place]:
            each.table.insert(each.new)
    Site.clear_site_root_paths_cache()
    content_has_changed()


def differences(build: Callable[[], object]) -> Iterator[Difference]:
    """Builds, and yields what that changed."""
    before = [(table, table.rows()) for table in tables()]
    build()
    for table, rows in before:
        if difference := table.difference(rows):
            yield difference


@cache
def tables() -> list[Table]:
    """Returns the tables that tests write to."""
    models = apps.get_models(include_auto_created=True)
    left_out = {ContentType, Permission, *apps.get_app_config("wagtailsearch").get_models()}
    return [Table(model) for model in models if model not in left_out]
