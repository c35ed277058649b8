"""How the two databases are asked for the rows in which words stand.

Words consist of letters and digits alone, so that nothing that people type has a meaning in the
languages of the databases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import NotSupportedError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import FULL_TEXT, TABLE
from .words import Query

Scope = Mapping[str, Sequence[str]]
"""Values by facet: of each, a row must have one."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the index to look into: at most ``most`` rows with these values."""

    scope: Scope
    most: int


def scope_tokens(facets: Scope) -> str:
    """Returns the values of one row as the index holds them: "language=sq type=news"."""
    return " ".join(f"{name}={value}" for name, values in facets.items() for value in values)


def ids_of(
    connection: BaseDatabaseWrapper, query: Query, slices: Iterable[Slice]
) -> tuple[str, list[Any]]:
    """Returns a subquery, and its parameters, of the ids of rows in which all terms stand.

    Titles and texts are looked into separately, so that rows with the words in their title are
    never among those that are left out of a slice.

    Raises:
        NotSupportedError: on a database that is neither SQLite nor PostgreSQL.
    """
    select = SELECTS.get(connection.vendor)
    if select is None:
        raise NotSupportedError("Search needs SQLite or PostgreSQL.")
    selects: list[str] = []
    parameters: list[Any] = []
    for part in slices:
        for only_titles in (True, False):
            sql, values = select(query, part.scope, only_titles=only_titles)
            selects.append(f"SELECT id FROM ({sql} LIMIT %s) AS part")
            parameters += [*values, part.most]
    return " UNION ".join(selects), parameters


def read_rows(
    connection: BaseDatabaseWrapper, columns: str, ids: str, parameters: list[Any]
) -> list[Any]:
    """Returns these columns of the rows that a subquery names.

    PostgreSQL takes reading the table for cheaper than its index where a word stands in many rows,
    since it does not count what unpacking each row's words costs: it is told not to.
    """
    sql = f"SELECT {columns} FROM {TABLE} WHERE id IN ({ids})"
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, parameters)
        rows = list(cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        return rows


def _on_sqlite(query: Query, scope: Scope, *, only_titles: bool) -> tuple[str, list[Any]]:
    terms = (f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}' for term in query.terms)
    columns = "title_words" if only_titles else "title_words body_words"
    conditions = [f"{{{columns}}} : ({' AND '.join(terms)})"]
    for name, values in scope.items():
        tokens = " OR ".join(f'"{name}={value}"' for value in values)
        conditions.append(f"scope : ({tokens})")
    # the latest rows, which the table reads in this order anyway
    sql = f"SELECT rowid AS id FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s ORDER BY rowid DESC"
    return sql, [" AND ".join(conditions)]


def _on_postgresql(query: Query, scope: Scope, *, only_titles: bool) -> tuple[str, list[Any]]:
    phrases = (
        " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.is_prefix else "")
        for term in query.terms
    )
    words = " & ".join(f"({phrase})" for phrase in phrases)
    column = "title_vector" if only_titles else "vector"
    sql = f"SELECT id FROM {TABLE} WHERE {column} @@ to_tsquery('simple', %s)"
    parameters = [words]
    for name, values in scope.items():
        sql += f" AND {column} @@ %s::tsquery"
        parameters.append(" | ".join(f"'{name}={value}'" for value in values))
    return sql, parameters


SELECTS: Final = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
