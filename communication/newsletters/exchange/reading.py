"""Reads CSV files with subscribers: our own, and Mailchimp's three exports as they come."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ..enums import SubscriptionState
from ..subscribers.addresses import normalised
from .columns import EVIDENCE, OWN_COLUMNS, Fault, FileKind, ParsedFile, Row
from .guarding import unguarded

LARGEST_FILE: Final = 20 * 1024 * 1024
"""In bytes: some 100,000 lines of Mailchimp's."""
SEPARATORS: Final = ",;\t"
ADDRESS_NAMES: Final = ("email_address", "email", "e-mail_address", "e-mail")
"""In files of others, where "address" is a postal one."""
LOOKED_AT: Final = 20
"""Lines in which a column of addresses is looked for, when none has a name that is known."""

Cells = dict[str, str]


class UnreadableFileError(Exception):
    """The file as a whole cannot be used; the message says what to do."""


def read_file(content: bytes) -> ParsedFile:
    """Reads a file, whichever of the four it is.

    Raises:
        UnreadableFileError: when it is none of them. Single lines that are wrong become faults.
    """
    lines = _lines(_text(content))
    header = [_known_name(name) for name in next(lines, (0, []))[1]]
    table = [(number, dict(zip(header, cells, strict=False))) for number, cells in lines]
    kind = _kind(header)
    first = [cells for _number, cells in table[:LOOKED_AT]]
    column = "address" if kind is FileKind.OWN else _address_column(header, first)
    parsed = ParsedFile(kind)
    for number, cells in table:
        try:
            parsed.rows.append(_row(number, cells, column, kind))
        except ValidationError as error:
            parsed.faults.append(Fault(number, " ".join(error.messages)))
    return parsed


def is_named_in(content: bytes, address: str) -> bool:
    """Tells whether a file names a normalised address, however it spells it."""
    if address in content.decode(errors="replace").lower():
        return True
    try:
        return any(row.address == address for row in read_file(content).rows)
    except UnreadableFileError:
        return False


def refuse_size(content: bytes) -> None:
    """Refuses what is too large to be read at once.

    Raises:
        UnreadableFileError: when it is.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(_("The file is larger than 20 MB: import it in parts."))


def _text(content: bytes) -> str:
    refuse_size(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            _("The file is not in UTF-8. Take it as it was exported, or save it as “CSV UTF-8”.")
        ) from error
    if "\0" in text:
        raise UnreadableFileError(_("This is no CSV file."))
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the lines that are not empty, with their numbers."""
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableFileError(
            _("Line %(line)s cannot be read as CSV.") % {"line": reader.line_num}
        ) from error


def _known_name(name: str) -> str:
    return "_".join(name.strip().lower().split())


def _kind(header: list[str]) -> FileKind:
    names = set(header)
    if {"address", "list", "state"} <= names:
        return FileKind.OWN
    if "clean_time" in names:
        return FileKind.CLEANED
    if "unsub_time" in names:
        return FileKind.UNSUBSCRIBED
    if names & {"optin_time", "confirm_time", "leid", "euid", "member_rating"}:
        return FileKind.SUBSCRIBED
    raise UnreadableFileError(
        _(
            "These columns are not known. A file has the columns of our export (%(columns)s), or "
            "it is one of Mailchimp's exports of an audience, unchanged: subscribed, unsubscribed "
            "or cleaned."
        )
        % {"columns": ", ".join(OWN_COLUMNS)}
    )


def _address_column(header: list[str], first: list[Cells]) -> str:
    """Finds the column of addresses, whose name Mailchimp writes in the language of its user."""
    for name in ADDRESS_NAMES:
        if name in header:
            return name
    for name in header:
        if sum("@" in cells.get(name, "") for cells in first) * 2 > len(first):
            return name
    raise UnreadableFileError(_("No column of the file holds mail addresses."))


def _row(number: int, cells: Cells, column: str, kind: FileKind) -> Row:
    address = normalised(unguarded(cells.get(column, "")))
    if kind is FileKind.OWN:
        return _own_row(number, address, cells)
    states = {
        FileKind.SUBSCRIBED: SubscriptionState.CONFIRMED,
        FileKind.UNSUBSCRIBED: SubscriptionState.UNSUBSCRIBED,
    }
    return Row(
        address=address,
        language=cells.get("language", "").strip().lower(),
        state=states.get(kind, ""),
        requested_at=_moment(cells.get("optin_time", "")),
        confirmed_at=_moment(cells.get("confirm_time", "")),
        unsubscribed_at=_moment(cells.get("unsub_time", "")),
        evidence={name: cells[name] for name in EVIDENCE if cells.get(name)},
        line=number,
    )


def _own_row(number: int, address: str, cells: Cells) -> Row:
    state = cells["state"].strip()
    if state not in SubscriptionState.values:
        states = ", ".join(SubscriptionState.values)
        raise ValidationError(_("The state is none of %(states)s.") % {"states": states})
    return Row(
        address=address,
        language=cells.get("language", "").strip().lower(),
        list_slug=cells["list"].strip(),
        state=state,
        requested_at=_moment(cells.get("requested_at", "")),
        confirmed_at=_moment(cells.get("confirmed_at", "")),
        unsubscribed_at=_moment(cells.get("unsubscribed_at", "")),
        evidence=_evidence(cells.get("evidence", "")),
        line=number,
    )


def _moment(text: str) -> datetime | None:
    """Reads a time; Mailchimp's are in UTC without saying so."""
    try:
        moment = parse_datetime(text.strip())
    except ValueError:
        return None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _evidence(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return (
        {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
    )
