"""What stands behind the permanent URIs of the glossary: the way on, or data.

A concept is no document, so its URI answers 303 (https://www.w3.org/TR/cooluris/): to the page for
people or to a file for machines, by ``Accept``. The files have addresses of their own, which never
negotiate, so that caches can keep them.
"""

from django.http import HttpRequest, HttpResponse

from v2v_snippets.models.glossary import GlossaryConcept
from v2v_snippets.publication.answers import refusal
from v2v_snippets.selectors import replacement_of, retired_concept

from .answers import (
    concept_url,
    data_answer,
    permanent,
    see_other,
    unvarying,
    way_on,
)
from .data import concept_data, data_url, glossary_data


@permanent
def identify_glossary(request: HttpRequest) -> HttpResponse:
    """Leads to the glossary as a page, or as data."""
    return way_on(request)


@permanent
def identify_concept(request: HttpRequest, identifier: str) -> HttpResponse:
    """Leads to a concept as a page, or as data; from a retired one to what replaced it."""
    if is_public(identifier):
        return way_on(request, identifier)
    return _not_public(identifier)


@unvarying
def show_glossary_data(_request: HttpRequest, extension: str) -> HttpResponse:
    """Answers the whole glossary in one format."""
    return data_answer(extension, glossary_data(extension))


@unvarying
def show_concept_data(_request: HttpRequest, identifier: str, extension: str) -> HttpResponse:
    """Answers one concept in one format."""
    if is_public(identifier):
        return data_answer(extension, concept_data(identifier, extension))
    return _not_public(identifier, extension)


@unvarying
def show_nothing(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answers for all other addresses below that of the identifiers."""
    return refusal(404, "There is no such concept.")


def is_public(identifier: str) -> bool:
    """Tells whether everybody may read the concept."""
    return bool(GlossaryConcept.objects.public().filter(identifier=identifier).exists())


def _not_public(identifier: str, extension: str = "") -> HttpResponse:
    """Leads on from a retired concept, in the same format; says what is gone, or unknown."""
    concept = retired_concept(identifier)
    if concept is None:
        return refusal(404, "There is no such concept.")
    new = replacement_of(concept)
    if new is None:
        return refusal(410, f"The concept {identifier} has been retired, and nothing replaces it.")
    way = data_url(new.identifier, extension) if extension else concept_url(new.identifier)
    return see_other(way)
