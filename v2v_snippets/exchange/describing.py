"""Says what an import changes: in lines for terminals, as plain values for the admin."""

from collections.abc import Iterator
from itertools import takewhile
from operator import eq
from typing import Any, Final

from ..enums import TermStatus
from .merging import ConceptChange, RowChange
from .records import ConceptRecord
from .tables import TABLES
from .tags import tag_of

LONGEST: Final = 200
"""Characters of a value that are shown."""
CONTEXT: Final = 40
"""Characters before the first difference that are shown of long values."""
IN_KEYS: Final = frozenset({"kind", "language", "relation", "target", "term", "text", "uri"})
"""Columns of which ``key_of()`` speaks."""


def lines_of(change: ConceptChange) -> Iterator[str]:
    """Gives "+ C-0007 school" for a new concept, "~ …" for a changed one, then its rows."""
    sign = "+" if change.is_new else "~"
    yield f"{sign} {change.identifier} {title_of(change.after)}".rstrip()
    for row in described(change):
        sheet = TABLES[row["table"]].sheet
        yield f"    {row['sign']} {sheet}: {row['key']}".rstrip(": ")
        for field in row["fields"]:
            before = f"{field['before']!r} → " if row["sign"] == "~" else ""
            yield f"        {field['name']}: {before}{field['after']!r}"


def described(change: ConceptChange) -> list[dict[str, Any]]:
    """Returns the rows of a concept that are added or change, as plain values."""
    return [
        {
            "sign": "+" if row.before is None else "~",
            "table": row.table.name,
            "key": key_of(row),
            "fields": [*_fields(row)],
        }
        for row in change.rows()
    ]


def _fields(row: RowChange) -> Iterator[dict[str, str]]:
    """Gives what changes; of a new row, what its key does not say and nobody would assume."""
    for name, old, new in row.fields():
        if row.before is None and (name in IN_KEYS or new == row.table.column(name).default):
            continue
        start = 0
        if max(len(old), len(new)) > LONGEST:
            same = sum(takewhile(bool, map(eq, old, new)))
            start = max(0, same - CONTEXT)
        before, after = (shortened(text[start:]) for text in (old, new))
        mark = "…" if start else ""
        yield {"name": name, "before": f"{mark}{before}", "after": f"{mark}{after}"}


def title_of(record: ConceptRecord) -> str:
    """Returns the first preferred term: the English one, if there is one."""
    terms = [row for row in record.designations if row.status == TermStatus.PREFERRED]
    terms.sort(key=lambda row: row.language != "en")
    return terms[0].term if terms else ""


def key_of(row: RowChange) -> str:
    """Returns by what people know a row: "sr-Latn: škola"."""
    record = row.after
    names = {
        "term": lambda: f"{tag_of(record.language)}: {record.term}",
        "definition": lambda: f"{tag_of(record.language)}: {shortened(record.text)}",
        "relation": lambda: f"{record.kind} {record.target}",
        "mapping": lambda: f"{record.relation} {record.uri}",
        "equivalent": lambda: f"{record.country}: {record.term}",
    }
    return names[row.table.name]() if row.table.name in names else ""


def shortened(text: str) -> str:
    """Returns a text in one line of at most ``LONGEST`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
