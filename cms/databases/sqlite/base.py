"""The database backend, in the module where Django looks for it."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.backends.sqlite3 import base, operations

MOST: Final = 500
"""How many statements are known as SQLite takes them; most have some thousand letters."""


class Cursor(base.SQLiteCursorWrapper):
    """Translates each statement once.

    Readers ask the same again and again, and Django looks for placeholders in all of it each time,
    which takes as long as a fifth of finding an article.
    """

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """Returns a statement with placeholders as SQLite has them."""
        if param_names is None:
            return _translated(query)
        translated: str = super().convert_query(query, param_names=param_names)
        return translated


@lru_cache(maxsize=MOST)
def _translated(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Operations(operations.DatabaseOperations):
    """Reads moments without asking the settings for each of them."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Returns a moment with the time zone in which the database keeps them."""
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with both."""

    ops_class = Operations

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Returns a cursor; SQLite has none with names."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor
