"""Brings a file into the termbase: first a look at what would change, then all of it or nothing.

An import only adds and changes. What a file does not say stays as it is, since it may hold one
language or one domain, and nobody deletes a concept by leaving it out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from ..concept_uris import glossary_uri
from ..exchange.checking import faults_between_concepts, faults_of_changes
from ..exchange.faults import DEFAULT_DOMAIN, Fault, Frame, Parsed
from ..exchange.merging import ConceptChange, merged, without_parted_pairs
from ..exchange.naming import Named, named
from ..exchange.reading import read_glossary
from ..exchange.records import ConceptRecord, is_own
from ..language.locales import content_languages, default_language
from ..models import ConceptNumber, Country, GlossaryConcept
from .glossary import locked_termbase
from .glossary_export import stored_records
from .glossary_writing import write_changes

Progress = Callable[[str, int, int], None]
"""Is told what is done, how far it is, and how much there is; of an unknown length, 0 of 0."""

READING: Final = "reading"
COMPARING: Final = "comparing"
WRITING: Final = "writing"


class DifferenceChangedError(Exception):
    """Says that the file would now do something else than what somebody has agreed to."""


@dataclass
class ImportReport:
    """What a file changes in the termbase, or why it may not."""

    changes: list[ConceptChange] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def new(self) -> int:
        """How many concepts are added."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many stored concepts change."""
        return len(self.changes) - self.new

    def fingerprint(self) -> str:
        """Returns the same text for the same changes, by which an agreement to them is known."""
        digest = sha256()
        for change in self.changes:
            digest.update(repr((change.before, change.after)).encode())
        return digest.hexdigest()


def read_file(
    *, content: bytes, extension: str, domain: str = DEFAULT_DOMAIN, source: str = ""
) -> Parsed:
    """Reads a file with what the site knows; nothing of the termbase is looked at.

    Args:
        content: the file.
        extension: of a format in ``exchange.formats``.
        domain: of concepts whose file does not say one.
        source: how the URIs of concepts begin which the file names by identifiers of its own.

    Raises:
        UnreadableFileError: when it cannot be read at all.
    """
    frame = Frame(content_languages(), glossary_uri(), domain, source)
    return read_glossary(content, extension, frame)


def compare_glossary(*, parsed: Parsed, domain: str = DEFAULT_DOMAIN) -> ImportReport:
    """Returns what a file would change, and all that is wrong; writes nothing.

    A constant number of queries, however much is stored and read.
    """
    stored = {row.identifier: row for row in stored_records(GlossaryConcept.objects.all())}
    faults = [*parsed.faults, *_number_faults(parsed)]
    if len(faults) > len(parsed.faults):
        return ImportReport(faults=_once(faults), notices=parsed.notices)
    own = filter(is_own, parsed.records)
    found = named(parsed, stored, ConceptNumber.objects.following(own))
    changes, after = _changes(found, stored, parsed, domain)
    countries = set(Country.objects.values_list("code", flat=True))
    faults += [
        *found.faults,
        *_pending_faults(changes, parsed),
        *faults_of_changes(changes, parsed, countries, default_language()),
        *faults_between_concepts(stored, after, changes, parsed),
    ]
    unchanged = len(found.records) - sum(change.name != "" for change in changes)
    return ImportReport(changes, unchanged, _once(faults), parsed.notices)


def import_glossary(
    *,
    parsed: Parsed,
    file_name: str,
    domain: str = DEFAULT_DOMAIN,
    user: Any = None,
    agreed: str = "",
    progress: Progress | None = None,
) -> ImportReport:
    """Writes what a file changes, all of it or, where anything is wrong, nothing.

    Args:
        parsed: what the file says.
        file_name: for the history of the concepts.
        domain: of new concepts whose file does not say one.
        user: whom the history names.
        agreed: the fingerprint of the only changes that may be written; "" for any.
        progress: is told how many concepts are written.

    Raises:
        DifferenceChangedError: when it is not what was agreed to; nothing is written then.
    """
    with locked_termbase():
        report = compare_glossary(parsed=parsed, domain=domain)
        if report.faults:
            return report
        if agreed and report.fingerprint() != agreed:
            raise DifferenceChangedError(
                _("Somebody has changed the glossary meanwhile: look at the difference again.")
            )
        write_changes(
            changes=report.changes,
            user=user,
            file_name=file_name,
            progress=lambda done, total: progress(WRITING, done, total) if progress else None,
        )
        report.is_written = True
    return report


def _changes(
    found: Named, stored: dict[str, ConceptRecord], parsed: Parsed, domain: str
) -> tuple[list[ConceptChange], dict[str, ConceptRecord]]:
    after = dict(stored)
    for identifier, said in found.records.items():
        name = found.names[identifier]
        after[identifier] = merged(said, stored.get(identifier), parsed, name, domain)
    for record in list(without_parted_pairs(after, found.records)):
        after[record.identifier] = record
    changes = [
        ConceptChange(found.names.get(identifier, ""), stored.get(identifier), record)
        for identifier, record in after.items()
        if stored.get(identifier) != record
    ]
    return changes, after


def _number_faults(parsed: Parsed) -> Iterator[Fault]:
    for name in filter(is_own, parsed.records):
        try:
            ConceptNumber.objects.number_of(name)
        except ValueError:
            message = _("This is not an identifier of a concept.")
            yield Fault(parsed.place(name), message)


def _pending_faults(changes: list[ConceptChange], parsed: Parsed) -> Iterator[Fault]:
    """Keeps what somebody is writing just now from being overwritten, or from overwriting this."""
    pending = dict(
        GlossaryConcept.objects.filter(
            Q(has_unpublished_changes=True) | Q(locked=True)
        ).values_list("identifier", "locked")
    )
    for change in changes:
        if change.identifier in pending:
            message = (
                _("%s is locked: have it unlocked, then import again.")
                if pending[change.identifier]
                else _("%s has changes that are not published: publish it, then import again.")
            )
            place = parsed.place(change.name) if change.name else change.identifier
            yield Fault(place, message % change.identifier)


def _once(faults: list[Fault]) -> list[Fault]:
    return list(dict.fromkeys(faults))
