"""CSV: one file for all tables, a row for each item, so that it can be read line by line.

UTF-8 with a byte order mark, by which spreadsheets know the encoding; RFC 4180 otherwise. Lines
that begin with # before the header carry licence and attribution.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from .building import Row, build
from .cells import guarded, unguarded
from .faults import Frame, Parsed, UnreadableFileError
from .heading import Heading
from .records import ConceptRecord
from .tables import TABLES, Kind, Table, all_rows
from .tags import tag_of

COLUMNS: Final = tuple(
    dict.fromkeys(
        [
            "concept",
            "table",
            *(column.name for table in TABLES.values() for column in table.columns),
        ]
    )
)
LONGEST_FIELD: Final = 1_000_000


def write_csv(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as a CSV file."""
    out = StringIO(newline="")
    out.write("".join(f"# {line}\r\n" for line in heading.lines()))
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for table, concept, values in all_rows(concepts):
        cells = {name: guarded(text) for name, text in written(table, values).items()}
        writer.writerow({"concept": concept, "table": table.name} | cells)
    return out.getvalue().encode("utf-8-sig")


def read_csv(content: bytes, frame: Frame) -> Parsed:
    """Reads concepts from a CSV file with comma or semicolon.

    Raises:
        UnreadableFileError: when it is no CSV of ours.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_("The file is not in UTF-8: save it as “CSV UTF-8”.")) from error
    return build(_rows(text), frame)


def written(table: Table, values: dict[str, str]) -> dict[str, str]:
    """Returns the values of a row as files have them: languages as BCP 47 tags."""
    names = {column.name for column in table.columns if column.kind is Kind.LANGUAGE}
    return {name: tag_of(text) if name in names else text for name, text in values.items()}


def known_columns(names: Iterable[str]) -> dict[str, int]:
    """Returns the number of each column by its name.

    Raises:
        UnreadableFileError: naming those that we do not have: a typing error would lose data.
    """
    numbers = {name.strip().lower(): number for number, name in enumerate(names) if name.strip()}
    unknown = [name for name in numbers if name not in COLUMNS]
    if "concept" not in numbers or unknown:
        message = _("The first row must name the columns. Unknown: %(unknown)s. Known: %(known)s.")
        lists = {"unknown": ", ".join(unknown) or "–", "known": ", ".join(COLUMNS)}
        raise UnreadableFileError(message % lists)
    return numbers


def _rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_FIELD)
    body = text
    while body.startswith("#"):
        body = body.partition("\n")[2]
    skipped = text[: len(text) - len(body)].count("\n")
    first = body.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = known_columns(next(reader, []))
        for cells in reader:
            if any(cells):
                yield _row(cells, columns, skipped + reader.line_num)
    except csv.Error as error:
        message = _("Line %(line)d cannot be read: %(error)s")
        details = {"line": skipped + reader.line_num, "error": error}
        raise UnreadableFileError(message % details) from error


def _row(cells: list[str], columns: dict[str, int], line: int) -> Row:
    values = {
        name: unguarded(cells[number]) for name, number in columns.items() if number < len(cells)
    }
    place = _("line %d") % line
    kind = values.pop("table", "term").strip().lower() or "term"
    if kind not in TABLES:
        message = _("Line %(line)d: “%(table)s” is no table; there are: %(tables)s.")
        names = {"line": line, "table": kind, "tables": ", ".join(TABLES)}
        raise UnreadableFileError(message % names)
    return Row(kind, values.pop("concept", ""), values, place, partial(_cell, place))


def _cell(place: str, column: str) -> str:
    return _("%(place)s, column %(column)s") % {"place": place, "column": column}
