"""Reads that cross models: what every output of the project must carry."""

from collections.abc import Iterable
from typing import Any, Final

from .enums import ConceptStatus, FundingTextKind
from .keeping import kept
from .language.collation import sort_key
from .language.fallback import best_text
from .language.reading import readers_language
from .models import (
    CountryText,
    FundingStatement,
    FundingStatementText,
    Partner,
    ProjectSettings,
    Twinning,
)
from .models.glossary import GlossaryConcept
from .publication.listing import ListingText
from .remembering import remembered

LONGEST_CHAIN: Final = 10
"""How many times a concept can have been replaced before nobody looks any further."""


@kept
def project_settings() -> ProjectSettings:
    """Returns what the whole site says about itself, with all that belongs to it."""
    return ProjectSettings.current()


def funding_texts(statement: FundingStatement | None, language: str) -> list[ListingText]:
    """Returns line and disclaimer of ``statement`` (default: the site's), each with its language.

    A kind without any verified wording is left out.
    """
    statement = statement or _statement_of_the_site()
    if statement is None:
        return []
    wordings = [statement.wording(kind, language) for kind in FundingTextKind]
    return [ListingText(wording.text, wording.language) for wording in wordings if wording]


@kept
@remembered
def _statement_of_the_site() -> FundingStatement | None:
    settings = ProjectSettings.objects.select_related("funding_statement")
    record = settings.prefetch_related("funding_statement__texts").first()
    return record.funding_statement if record else None


def mail_footer(language: str) -> tuple[list[str], list[ListingText]]:
    """Returns the lines of the controller and the sentences about funding, for mails.

    The first line is the controller's name, also where it is empty.
    """
    settings = ProjectSettings.current()
    lines = [settings.controller_name, *settings.controller_address.splitlines()]
    return lines, funding_texts(settings.funding_statement, language)


def country_footnotes(language: str) -> list[ListingText]:
    """Returns the footnotes of all marked countries, each after its mark, in one query.

    Every output carries them whether or not it names the country: a text may do so in words that
    no program recognises.
    """
    by_country: dict[int, list[CountryText]] = {}
    for row in _marked_country_texts():
        by_country.setdefault(row.country_id, []).append(row)
    best = (best_text(rows, language) for rows in by_country.values())
    return [
        ListingText(f"{row.country.footnote_mark} {row.footnote}", row.language)
        for row in best
        if row is not None
    ]


@kept
@remembered
def _marked_country_texts() -> list[CountryText]:
    rows = CountryText.objects.exclude(country__footnote_mark="").exclude(footnote="")
    return list(rows.select_related("country").order_by("country__code", "language"))


def shown_with_every_item() -> list[tuple[Any, ...]]:
    """Returns footnotes and the site's own funding, which every page carries: two queries."""
    footnotes = CountryText.objects.exclude(country__footnote_mark="").exclude(footnote="")
    names = ("country__code", "country__footnote_mark", "language", "footnote")
    settings = ProjectSettings.objects.exclude(funding_statement=None)
    funding = FundingStatementText.objects.filter(
        statement__in=settings.values("funding_statement")
    )
    return [
        *footnotes.order_by("country__code", "language").values_list(*names),
        *funding.order_by("pk").values_list("statement", "kind", "language", "text", "status"),
    ]


@kept
@remembered
def all_twinnings() -> list[Twinning]:
    """Returns every twinning with its schools, by number, in a constant number of queries."""
    return list(Twinning.objects.with_schools())


@kept
def partners_by_name() -> list[Partner]:
    """Returns every partner, as lists of names have them: one query."""
    return list(Partner.objects.all())


def all_partners() -> list[Partner]:
    """Returns every partner with its texts: the lead first, then schools, then networks.

    Within these, names stand in the order of the reader's language.
    """
    partners = Partner.objects.with_texts().prefetch_related("team_memberships__team")
    language = readers_language()
    by_name = sorted(partners, key=lambda partner: sort_key(partner.short_name, language))
    return sorted(by_name, key=lambda partner: (partner.is_lead, partner.kind), reverse=True)


def replacement_of(concept: GlossaryConcept) -> GlossaryConcept | None:
    """Returns the public concept that stands for a retired one, or None.

    What replaced it may be retired as well; one query a step.
    """
    for _step in range(LONGEST_CHAIN):
        if concept.replaced_by_id is None:
            return None
        key = concept.replaced_by_id
        found = GlossaryConcept.objects.public().filter(pk=key).first()
        if found is not None:
            return found
        retired = GlossaryConcept.objects.retired().filter(pk=key).first()
        if retired is None:
            return None
        concept = retired
    return None


def standing_concepts(identifiers: Iterable[str]) -> dict[str, GlossaryConcept]:
    """Returns the public concept behind each identifier: of a retired one, what replaced it.

    What nobody may read is left out. One query, and one more for each step of a replacement.
    """
    known = GlossaryConcept.objects.public() | GlossaryConcept.objects.retired()
    found = {each.identifier: each for each in known.filter(identifier__in=set(identifiers))}
    for _step in range(LONGEST_CHAIN):
        retired = {name: each for name, each in found.items() if each.replaced_by_id is not None}
        if not retired:
            break
        new = known.in_bulk({each.replaced_by_id for each in retired.values()})
        found = {name: each for name, each in found.items() if name not in retired} | {
            name: new[each.replaced_by_id]
            for name, each in retired.items()
            if each.replaced_by_id in new
        }
    return {name: each for name, each in found.items() if each.status == ConceptStatus.APPROVED}


def retired_concept(identifier: str) -> GlossaryConcept | None:
    """Returns the retired concept with this identifier, or None."""
    concept: GlossaryConcept | None
    concept = GlossaryConcept.objects.retired().filter(identifier=identifier).first()
    return concept
