"""A comparison as a file for spreadsheets: one line for each indicator and country.

UTF-8 with a byte order mark, without which Excel reads letters as if they were Latin-1; lines end
as RFC 4180 has it. Numbers have a decimal point in every language.
"""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from .marks import sample_mark
from .profiles import Profile
from .table import Cell, Group, Line

COLUMNS: Final = (
    "country_code", "country", "group", "indicator", "label", "value", "unit", "year", "source",
    "source_url", "note", "footnote", "page", "licence",
)  # fmt: skip
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""
BYTE_ORDER_MARK: Final = "\ufeff"


def guarded(value: Any) -> Any:
    """Puts an apostrophe before a text that a spreadsheet would calculate; numbers stay."""
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else value


def comparison_csv(
    groups: Sequence[Group], profiles: Sequence[Profile], addresses: Sequence[str]
) -> str:
    """Returns the file; ``addresses`` are those of the pages of the profiles.

    What is not documented has a line that says so, as on the page.
    """
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in groups:
        for line in group.lines:
            for cell, profile, address in zip(line.cells, profiles, addresses, strict=True):
                row = _country(profile) | _line(group, line) | _cell(cell)
                row |= {"page": address, "licence": profile.page.licence}
                writer.writerow([guarded(row[column]) for column in COLUMNS])
    return file.getvalue()


def _country(profile: Profile) -> dict[str, Any]:
    country = profile.page.country
    text = country.text
    footnote = f"{country.footnote_mark} {text.footnote}" if country.footnote_mark and text else ""
    return {"country_code": country.code, "country": country.name, "footnote": footnote}


def _line(group: Group, line: Line) -> dict[str, Any]:
    unit = line.text.unit if line.text else ""
    kind_units = {"percent": "%", "years": _("years")}
    return {
        "group": group.name,
        "indicator": line.indicator.key,
        "label": line.label,
        "unit": kind_units.get(line.indicator.kind, unit),
    }


def _cell(cell: Cell | None) -> dict[str, Any]:
    if cell is None:
        empty = dict.fromkeys(("year", "source", "source_url", "note"), "")
        return {**empty, "value": _("not yet documented")}
    note = cell.row.note
    notes = [sample_mark()] if cell.facts.is_sample else []
    return {
        "value": _plain(cell),
        "year": cell.facts.year,
        "source": cell.facts.source,
        "source_url": cell.facts.source_url,
        "note": " ".join([*notes, *([note.text] if note else [])]),
    }


def _plain(cell: Cell) -> Any:
    content = cell.facts.content
    if isinstance(content, Decimal):
        return format(content.normalize(), "f")
    return cell.shown.text
