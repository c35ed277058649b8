"""XLSX for editors: a sheet a table, one row an item, the first row says what the columns are.

We write the file ourselves (ECMA-376, strings inside their cells): openpyxl's holds the time of its
making, so that no two exports would be equal. openpyxl reads what spreadsheets make of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .building import Builder, Row
from .cells import guarded, unguarded
from .csv_files import written
from .faults import Frame, Parsed, UnreadableFileError
from .heading import Heading
from .records import ConceptRecord
from .tables import TABLES, Table, all_rows

ABOUT: Final = "About"
LONGEST_CELL: Final = 32_767
"""Characters: Excel's own limit."""

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the ZIP: the first that a ZIP can say."""

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class TooLongForCellError(UnreadableFileError):
    """Says that a text has no room in a cell."""


def write_xlsx(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as a workbook.

    Raises:
        TooLongForCellError: when a text is longer than a cell may be; nothing is ever cut.
    """
    sheets = {ABOUT: [[line] for line in heading.lines()]}
    sheets |= {table.sheet: [_header(table)] for table in TABLES.values()}
    for table, concept, values in all_rows(concepts):
        cells = written(table, values)
        sheets[table.sheet].append([concept, *(cells[name] for name in _header(table)[1:])])
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(sheets):
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, content)
    return out.getvalue()


def read_xlsx(content: bytes, frame: Frame) -> Parsed:
    """Reads concepts from a workbook; sheets of other names are left alone.

    Raises:
        UnreadableFileError: when it is no workbook, or has none of our sheets.
    """
    try:
        book = load_workbook(BytesIO(content), read_only=True)
    except Exception as error:  # whatever openpyxl says of broken parts
        raise UnreadableFileError(_("This spreadsheet cannot be read.")) from error
    tables = {table.sheet.lower(): table for table in TABLES.values()}
    found = [
        (tables[sheet.title.lower()], sheet) for sheet in book if sheet.title.lower() in tables
    ]
    if not found:
        names = ", ".join(table.sheet for table in TABLES.values())
        raise UnreadableFileError(_("The spreadsheet has none of these sheets: %s.") % names)
    builder = Builder(frame)
    try:
        for table, sheet in found:
            _read_sheet(sheet, table, builder)
    except Exception as error:  # sheets are unpacked and parsed only now
        raise UnreadableFileError(_("This spreadsheet cannot be read.")) from error
    finally:
        book.close()
    return builder.finish()


def _header(table: Table) -> list[str]:
    return ["concept", *(column.name for column in table.columns)]


def _read_sheet(sheet: Any, table: Table, builder: Builder) -> None:
    sheet.reset_dimensions()  # as they are, not as the file says they are
    rows = sheet.iter_rows()
    names = [str(cell.value or "").strip().lower() for cell in next(rows, ())]
    known = _header(table)
    unknown = [name for name in names if name and name not in known]
    if "concept" not in names or unknown:
        message = _("The first row must name the columns. Unknown: %(unknown)s. Known: %(known)s.")
        lists = {"unknown": ", ".join(unknown) or "–", "known": ", ".join(known)}
        builder.fault(f"{sheet.title}!A1", message % lists)
        return
    letters = {name: get_column_letter(number) for number, name in enumerate(names, 1) if name}
    for line, cells in enumerate(rows, 2):
        row = _row(cells, names, partial(_place, sheet.title, letters, line), table, builder)
        if row is not None:
            builder.add(row)


def _row(
    cells: Iterable[Any], names: list[str], cell: Any, table: Table, builder: Builder
) -> Row | None:
    values: dict[str, str] = {}
    for name, found in zip(names, cells, strict=False):
        if name and found.data_type == "f":
            builder.fault(cell(name), _("The cell holds a formula: put its value there."))
            return None
        if name:
            values[name] = unguarded(_text(found.value))
    if not any(values.values()):
        return None
    return Row(table.name, values.pop("concept", ""), values, cell("concept"), cell)


def _place(sheet: str, letters: Mapping[str, str], line: int, column: str) -> str:
    return f"{sheet}!{letters.get(column, 'A')}{line}"


def _text(value: Any) -> str:
    """Returns what a cell shows; spreadsheets turn 3 into 3.0, and days into moments."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _parts(sheets: Mapping[str, list[list[str]]]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
            f"{overrides}</Types>"
        ),
    )
    yield "_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")])
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>',
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relationships([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", STYLES
    for n, rows in zip(numbers, sheets.values(), strict=True):
        yield f"xl/worksheets/sheet{n}.xml", _sheet(rows)


def _relationships(targets: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _sheet(rows: list[list[str]]) -> str:
    """Writes a sheet whose first row stays in sight; its cells are text, never numbers."""
    lines = [
        (
            f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
            '</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            '<cols><col min="1" max="20" width="24" customWidth="1"/></cols><sheetData>'
        )
    ]
    letters = [get_column_letter(number) for number in range(1, 30)]
    for line, row in enumerate(rows, 1):
        style = ' s="1"' if line == 1 else ' s="2"'
        cells = "".join(
            f'<c r="{letter}{line}"{style} t="inlineStr"><is><t xml:space="preserve">'
            f"{_cell(text)}</t></is></c>"
            for letter, text in zip(letters, row, strict=False)
            if text
        )
        lines.append(f'<row r="{line}">{cells}</row>')
    lines.append("</sheetData></worksheet>")
    return "".join(lines)


def _cell(text: str) -> str:
    cell = guarded(text)
    if len(cell) > LONGEST_CELL:
        message = _("A text has %d characters, more than a cell of a spreadsheet holds: use CSV.")
        raise TooLongForCellError(message % len(cell))
    return escape(cell)


STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" '
    'applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
