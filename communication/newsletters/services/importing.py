"""Brings the readers of a file in. A suppression wins, and nobody is resubscribed.

What becomes of a row depends on the row and on what is known of its address. So a dry run, the real
one, and one that goes on where another was killed, all decide the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from v2v_snippets.language.locales import content_languages

from ..enums import ConsentSource, ImportOutcome, SuppressionReason
from ..exchange.columns import Fault, FileKind, ParsedFile, Row
from ..exchange.reading import UnreadableFileError
from ..models import MailingList
from .import_batches import Batch, PlacedRow
from .suppressing import suppress

BATCH: Final = 300
"""Rows that are written in one transaction: others can write in between."""
SHOWN: Final = 1_000
"""Rows and faults that a report keeps to be shown."""

CHANGES: Final = frozenset({ImportOutcome.ADDED, ImportOutcome.ENDED, ImportOutcome.SUPPRESSED})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """What a file does not say itself."""

    mailing_list: MailingList | None
    """For files that name no list."""
    locale: str
    """For rows that name no language of the site."""
    consent_source: str
    """Where and how these people agreed; it stands in the proof of each."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    counts: Counter[ImportOutcome] = field(default_factory=Counter)
    changes: list[tuple[int, str, ImportOutcome]] = field(default_factory=list)
    """Line, masked address and outcome of the first rows that change something."""
    faults: list[Fault] = field(default_factory=list)
    lists: set[int] = field(default_factory=set)
    """The keys of those to which its rows belong; dead addresses may belong to none."""

    @property
    def number_of_changes(self) -> int:
        """How many rows change something."""
        return sum(self.counts[outcome] for outcome in CHANGES)

    def as_json(self) -> dict[str, Any]:
        """Returns the report as it is kept; it names nobody."""
        return {
            "counts": {outcome.value: self.counts[outcome] for outcome in ImportOutcome},
            "changes": [
                {"line": line, "address": address, "outcome": outcome.value}
                for line, address, outcome in self.changes[:SHOWN]
            ],
            "number_of_changes": self.number_of_changes,
            "faulty": len(self.faults),
            "faults": [
                {"line": fault.line, "message": fault.message} for fault in self.faults[:SHOWN]
            ],
        }


def import_subscribers(
    *,
    parsed: ParsedFile,
    target: ImportTarget,
    now: datetime,
    dry_run: bool,
    progress: Progress | None = None,
) -> ImportReport:
    """Brings the rows of a file in, batch by batch; lines with faults are left out.

    Args:
        parsed: The file.
        target: What it does not say itself.
        now: The time.
        dry_run: Whether nothing is to be written.
        progress: Is told after each batch how many rows of how many are done.

    Raises:
        UnreadableFileError: when the file needs a list and none is given.
    """
    if parsed.kind in {FileKind.SUBSCRIBED, FileKind.UNSUBSCRIBED} and not target.mailing_list:
        raise UnreadableFileError(_("Choose the list that these people belong to."))
    report = ImportReport(faults=list(parsed.faults))
    rows = list(_rows_with_lists(parsed, target, report))
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        with transaction.atomic():
            if parsed.kind is FileKind.CLEANED:
                _suppress(part, report, now, dry_run=dry_run)
            else:
                batch = Batch(part, target.consent_source, now)
                batch.note(report.counts, report.changes)
                if not dry_run:
                    batch.write()
        if progress:
            progress(start + len(part), len(rows))
    return report


def _rows_with_lists(
    parsed: ParsedFile, target: ImportTarget, report: ImportReport
) -> Iterator[PlacedRow]:
    """Yields each row once, with its list and language; rows with an unknown list become faults."""
    lists = {each.slug: each for each in MailingList.objects.all()}
    known_languages = set(content_languages())
    seen = set()
    for row in parsed.rows:
        mailing_list = lists.get(row.list_slug) if row.list_slug else target.mailing_list
        if mailing_list is None and parsed.kind is not FileKind.CLEANED:
            report.faults.append(Fault(row.line, _lacks_list(row)))
            continue
        if mailing_list is not None:
            report.lists.add(mailing_list.pk)
        key = row.address, mailing_list and mailing_list.pk
        if key in seen:
            report.counts[ImportOutcome.UNCHANGED] += 1
            continue
        seen.add(key)
        language = row.language if row.language in known_languages else target.locale
        yield row, mailing_list, language


def _lacks_list(row: Row) -> str:
    if not row.list_slug:
        return _("The line names no list.")
    return _("There is no list “%(name)s”: make it first.") % {"name": row.list_slug}


def _suppress(
    part: Sequence[PlacedRow], report: ImportReport, now: datetime, *, dry_run: bool
) -> None:
    """Suppresses addresses that do not work; nothing else is kept of them."""
    batch = Batch(part, "", now)
    for row, _mailing_list, _language in part:
        if batch.is_suppressed(row.address):
            report.counts[ImportOutcome.UNCHANGED] += 1
            continue
        batch.note_change(row, ImportOutcome.SUPPRESSED, report.counts, report.changes)
        if not dry_run:
            reason = SuppressionReason.BOUNCED
            suppress(address=row.address, reason=reason, source=ConsentSource.FILE, now=now)
