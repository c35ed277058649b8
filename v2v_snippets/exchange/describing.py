"""Says in lines what an import changes, for terminals and for the admin."""

from collections.abc import Iterator
from typing import Any, Final

from ..enums import TermStatus
from .merging import ConceptChange, RowChange
from .records import ConceptRecord
from .tags import tag_of

LONGEST: Final = 120
"""Characters of a value that are shown."""


def lines_of(change: ConceptChange) -> Iterator[str]:
    """Gives "+ C-0007 school" for a new concept, "~ …" for a changed one, then its rows."""
    sign = "+" if change.is_new else "~"
    yield f"{sign} {change.identifier} {title_of(change.after)}".rstrip()
    for row in described(change):
        yield f"    {row['sign']} {row['table']}: {row['key']}".rstrip(": ")
        if row["sign"] == "~":
            for field in row["fields"]:
                yield f"        {field['name']}: {field['before']!r} → {field['after']!r}"


def described(change: ConceptChange) -> list[dict[str, Any]]:
    """Returns the rows of a concept that are added or change, as plain values."""
    return [
        {
            "sign": "+" if row.before is None else "~",
            "table": row.table.sheet,
            "key": key_of(row),
            "fields": [
                {"name": name, "before": shortened(old), "after": shortened(new)}
                for name, old, new in row.fields()
            ],
        }
        for row in change.rows()
    ]


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
