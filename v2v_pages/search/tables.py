"""What the databases keep beside the rows of the index, so that words are found at once.

SQLite has a full text table that reads the rows' own columns, and triggers that keep it in step.
PostgreSQL has two columns that it computes itself. Both are made by a migration, and by the tests,
which run none. A later migration that alters the table on SQLite must call ``create_index()``
again: Django copies the table then, and its triggers are lost.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "v2v_pages_searchentry"
FULL_TEXT: Final = f"{TABLE}_fts"
"""The full text table of SQLite."""

_COLUMNS: Final = "title_words, body_words, scope"
_NEW: Final = "new.id, new.title_words, new.body_words, new.scope"
_OLD: Final = "old.id, old.title_words, old.body_words, old.scope"
_ADD: Final = f"INSERT INTO {FULL_TEXT}(rowid, {_COLUMNS}) VALUES ({_NEW});"
_DROP: Final = f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"
_TITLE: Final = "to_tsvector('simple', title_words)"
_BODY: Final = "to_tsvector('simple', body_words)"
_SCOPE: Final = "array_to_tsvector(string_to_array(scope, ' '))"

CREATE: Final[dict[str, list[str]]] = {
    "sqlite": [
        (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {FULL_TEXT} USING fts5({_COLUMNS},"
            f" content='{TABLE}', content_rowid='id', prefix='2 3',"
            " tokenize=\"unicode61 tokenchars '=-_'\")"
        ),
        f"CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_added AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
        (
            f"CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_deleted AFTER DELETE ON {TABLE}"
            f" BEGIN {_DROP} END"
        ),
        (
            f"CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_changed AFTER UPDATE ON {TABLE}"
            f" BEGIN {_DROP} {_ADD} END"
        ),
    ],
    "postgresql": [
        (
            f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS title_vector tsvector"
            f" GENERATED ALWAYS AS ({_TITLE} || {_SCOPE}) STORED"
        ),
        (
            f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vector tsvector"
            f" GENERATED ALWAYS AS ({_TITLE} || {_BODY} || {_SCOPE}) STORED"
        ),
        # without a list of pending rows, which each search would have to read through
        (
            f"CREATE INDEX IF NOT EXISTS {TABLE}_titles ON {TABLE}"
            " USING gin (title_vector) WITH (fastupdate = off)"
        ),
        (
            f"CREATE INDEX IF NOT EXISTS {TABLE}_texts ON {TABLE}"
            " USING gin (vector) WITH (fastupdate = off)"
        ),
    ],
}
REMOVE: Final[dict[str, list[str]]] = {"sqlite": [f"DROP TABLE IF EXISTS {FULL_TEXT}"]}
"""On PostgreSQL everything goes with the table."""


def create_index(connection: BaseDatabaseWrapper) -> None:
    """Makes what is missing; on other databases nothing, and search finds nothing there."""
    _execute(connection, CREATE)


def remove_index(connection: BaseDatabaseWrapper) -> None:
    """Undoes ``create_index()``, before the table of the rows goes."""
    _execute(connection, REMOVE)


def _execute(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)
