"""Writes CSV files; that of the subscribers is one which our own import reads again."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from .columns import OWN_COLUMNS, Row
from .guarding import guarded

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes UTF-8 for something else."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def write_lines(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yields a file line by line. What people have typed must be ``guarded()``."""
    writer: Any = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow(row)


def write_rows(rows: Iterable[Row]) -> Iterator[str]:
    """Yields the file of subscribers line by line."""
    return write_lines(OWN_COLUMNS, map(_cells, rows))


def _cells(row: Row) -> list[str]:
    return [
        guarded(row.address),
        row.language,
        row.list_slug,
        row.state,
        _moment(row.requested_at),
        _moment(row.confirmed_at),
        _moment(row.unsubscribed_at),
        json.dumps(row.evidence, ensure_ascii=False) if row.evidence else "",
    ]


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
