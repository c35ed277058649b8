"""The content of VET systems: facts from the original, words from the version being read.

A number does not change with the language of its page. wagtail-localize copies the rows of a page
into its translations, but only when somebody updates these; until then, readers of two languages
would see two numbers. So the copies are used for their words alone. A row that a translation does
not have yet is shown with the words of the original, marked as in that language.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wagtail.models import Page

from v2v_snippets.models import GlossaryConcept, NationalEquivalent
from v2v_snippets.publication.languages import public_versions
from v2v_snippets.publication.listing import ListingText

from ..models.vet_rows import VETProgramme, VETValue
from .writing import share, years

if TYPE_CHECKING:
    from ..models.vet_systems import VETSystemPage


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a system as it is read in one language."""

    facts: Any
    """Of the original."""
    original_language: str
    translation: Any = None
    """The same row in the version being read, if that is a translation and has it."""
    language: str = ""
    """Of the translation."""

    def words(self, name: str) -> ListingText | None:
        """Returns one of the texts, each in its language; None where the original has none."""
        original = getattr(self.facts, name)
        if not original:
            return None
        translated = getattr(self.translation, name, "")
        if translated:
            return ListingText(translated, self.language)
        return ListingText(original, self.original_language)


class ValueRow(Row):
    """One documented value."""

    __slots__ = ()

    @property
    def text(self) -> ListingText | None:
        """The value, where it is a text."""
        return self.words("text")

    @property
    def note(self) -> ListingText | None:
        """What a reader must know to compare the value."""
        return self.words("note")


@dataclass(frozen=True, slots=True)
class ProgrammeRow(Row):
    """One programme."""

    equivalent: NationalEquivalent | None = None
    """In the glossary, if everybody may read its concept."""

    @property
    def shown_years(self) -> str:
        """How long it lasts; "" where that is not documented."""
        duration = self.facts.duration_years
        return "" if duration is None else years(duration)

    @property
    def shown_share(self) -> str:
        """How much of it is learnt at work; "" where that is not documented."""
        percent = self.facts.work_based_share
        return "" if percent is None else share(percent)

    @property
    def gloss(self) -> ListingText | None:
        """What its name means."""
        return self.words("gloss")

    @property
    def leads_to(self) -> ListingText | None:
        """Where one can go from it."""
        return self.words("leads_to")

    @property
    def admission_note(self) -> ListingText | None:
        """Who is admitted."""
        return self.words("admission_note")


@dataclass(frozen=True, slots=True)
class Profile:
    """A system with all that is documented of it."""

    page: "VETSystemPage"
    values: dict[int, ValueRow]
    """By the primary key of the indicator."""
    programmes: list[ProgrammeRow]

    @property
    def has_samples(self) -> bool:
        """Whether anything in it is an example."""
        rows: list[Row] = [*self.values.values(), *self.programmes]
        return any(row.facts.is_sample for row in rows)


Rows = dict[int, list[Any]]
"""Rows by the primary key of their page."""


def read_profile(page: "VETSystemPage", versions: Sequence[Page]) -> Profile:
    """Returns the profile of one page, as it stands in memory: a draft shows its own rows.

    Args:
        page: That is being read.
        versions: Its public versions, oldest first; none for a draft.
    """
    values, programmes = {page.pk: list(page.vet_values.all())}, {page.pk: list(_programmes(page))}
    original = versions[0] if versions else page
    if original.pk != page.pk:
        values |= _rows_of(VETValue, [original.pk])
        programmes |= _rows_of(VETProgramme, [original.pk])
    return _profiles([page], {page.translation_key: original}, values, programmes)[0]


def read_profiles(pages: Sequence["VETSystemPage"]) -> list[Profile]:
    """Returns the profiles of public pages, in a constant number of queries."""
    versions = public_versions(page.translation_key for page in pages)
    originals = {key: group[0] for key, group in versions.items() if group}
    keys = [*(page.pk for page in pages), *(page.pk for page in originals.values())]
    return _profiles(pages, originals, _rows_of(VETValue, keys), _rows_of(VETProgramme, keys))


def _programmes(page: "VETSystemPage") -> Iterable[Any]:
    rows: Iterable[Any] = page.vet_programmes.all()
    return rows


def _rows_of(model: type[VETValue] | type[VETProgramme], pages: Iterable[int]) -> Rows:
    rows: Rows = defaultdict(list)
    for row in model._default_manager.filter(page__in=set(pages)).order_by("sort_order", "pk"):
        rows[row.page_id].append(row)
    return rows


def _profiles(
    pages: Sequence["VETSystemPage"],
    originals: dict[UUID, Page],
    values: Rows,
    programmes: Rows,
) -> list[Profile]:
    shown = [row for rows in programmes.values() for row in rows]
    equivalents = _public_equivalents({row.equivalent_id for row in shown} - {None})
    profiles = []
    for page in pages:
        original = originals.get(page.translation_key, page)
        own_values: list[ValueRow] = _read(ValueRow, page, original, values)
        own_programmes = [
            replace(row, equivalent=equivalents.get(row.facts.equivalent_id))
            for row in _read(ProgrammeRow, page, original, programmes)
        ]
        by_indicator = {row.facts.indicator_id: row for row in own_values}
        profiles.append(Profile(page, by_indicator, own_programmes))
    return profiles


def _read(row: Callable[..., Any], page: Any, original: Page, rows: Rows) -> list[Any]:
    """Returns the rows of the original, each beside its translation."""
    language = original.locale.language_code
    if original.pk == page.pk:
        return [row(facts, language) for facts in rows.get(page.pk, [])]
    translations = {each.translation_key: each for each in rows.get(page.pk, [])}
    return [
        row(facts, language, translations.get(facts.translation_key), page.language)
        for facts in rows.get(original.pk, [])
    ]


def _public_equivalents(keys: set[int]) -> dict[int, NationalEquivalent]:
    if not keys:
        return {}
    concepts: Any = GlossaryConcept.objects
    found = NationalEquivalent.objects.filter(pk__in=keys, concept__in=concepts.public())
    return {each.pk: each for each in found.select_related("concept")}
