"""Rules of the words of one concept.

Rows are anything with the fields of ``Designation`` and ``Definition``: models, or what an import
has read. A row that is still incomplete breaks no rule: drafts may be as their authors left them.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from ..enums import ConceptStatus, TermStatus
from .breaches import Breach


class Word(Protocol):
    """A term in one language."""

    language: str
    term: str
    status: str
    hidden_forms: str
    """One a line."""


class Explanation(Protocol):
    """A definition in one language."""

    language: str
    text: str
    source: str


Row = TypeVar("Row")


def word_breaches(designations: Sequence[Word]) -> list[Breach]:
    """Holds that a language has one preferred term, and that no form of a word stands twice.

    SKOS demands that preferred, alternative and hidden labels are disjoint (S13), and that a
    language has one preferred label at most (S14).
    """
    return [
        *repetitions(
            designations,
            relation="designations",
            key=lambda row: row.status == TermStatus.PREFERRED and row.term and row.language,
            field="status",
            message=_("This language has a preferred term already."),
        ),
        *repetitions(
            designations,
            relation="designations",
            key=lambda row: row.language and row.term and (row.language, row.term.strip()),
            field="term",
            message=_("This term stands there already."),
        ),
        *_shown_hidden_forms(designations),
    ]


def definition_breaches(definitions: Sequence[Explanation]) -> list[Breach]:
    """Holds that a language has one definition."""
    return repetitions(
        definitions,
        relation="definitions",
        key=lambda row: row.language,
        field="language",
        message=_("This language has a definition already."),
    )


def repetitions(
    rows: Sequence[Row], *, relation: str, key: Callable[[Row], Hashable], field: str, message: str
) -> list[Breach]:
    """Returns a breach for each row whose ``key`` an earlier row has; an empty key is no key."""
    seen: set[Hashable] = set()
    found = []
    for number, row in enumerate(rows):
        value = key(row)
        if value and value in seen:
            found.append(Breach(message, relation, number, field))
        seen.add(value)
    return found


def approval_breaches(
    status: str,
    designations: Iterable[Word],
    definitions: Iterable[Explanation],
    language: str,
) -> list[Breach]:
    """Holds that an approved concept has term, definition and its source in ``language``."""
    if status != ConceptStatus.APPROVED:
        return []
    named = any(
        row.term and row.language == language and row.status == TermStatus.PREFERRED
        for row in designations
    )
    defined = [row for row in definitions if row.language == language and row.text]
    missing = []
    if not named:
        missing.append(_("An approved concept has a preferred term in English."))
    if not defined:
        missing.append(_("An approved concept has a definition in English."))
    elif not any(row.source.strip() for row in defined):
        missing.append(_("The English definition of an approved concept names its source."))
    return [Breach(message, field="status", is_gap=True) for message in missing]


def _shown_hidden_forms(designations: Sequence[Word]) -> Iterator[Breach]:
    shown = {(row.language, row.term.strip()) for row in designations}
    for number, row in enumerate(designations):
        for form in map(str.strip, row.hidden_forms.splitlines()):
            if form and (row.language, form) in shown:
                message = _("“%(form)s” is a term of this concept: it cannot be hidden, too.")
                yield Breach(message % {"form": form}, "designations", number, "hidden_forms")
