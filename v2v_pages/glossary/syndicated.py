"""The latest concepts of the glossary for feeds and embeds of other sites."""

from datetime import UTC, datetime
from typing import ClassVar, Final
from urllib.parse import urljoin

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from v2v_snippets.concept_uris import concept_uri, glossary_uri
from v2v_snippets.enums import TERMS_IN_USE, TranslationOrigin
from v2v_snippets.models.glossary import GlossaryConcept
from v2v_snippets.publication.listing import ListedRecord, ListingText, RecordListing
from v2v_snippets.publication.urls import root_url

from ..sections import SiteSections
from .licence import glossary_licence
from .words import TO_BE_CONFIRMED, ConceptWords

UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a concept was published that came into the database past all services."""


class ConceptListing(RecordListing):
    """Terms with their definitions, in the reader's language as far as there are some."""

    listing_type = "terms"
    verbose_name_plural: ClassVar = _("concepts")

    def newest(self, request: HttpRequest, language: str, number: int) -> list[ListedRecord]:
        """Returns the concepts published last; none while the site has no page for them.

        Six queries, however many there are.
        """
        with override(language):
            index = SiteSections(request).index_url("GlossaryIndexPage", language)
        if not index:
            return []
        published = Coalesce("first_published_at", "last_published_at")
        concepts = GlossaryConcept.objects.public().with_words()
        latest = concepts.order_by(published.desc(nulls_last=True), F("pk").desc())[:number]
        base, glossary = urljoin(root_url(request), index), glossary_uri()
        licence = glossary_licence()
        words = (ConceptWords(concept, language) for concept in latest)
        return [_listed(each, base, glossary, licence) for each in words]


def concept_record(key: int, *, language: str, site_url: str) -> ListedRecord | None:
    """Returns one concept for readers of ``language``; None while it, or its list, is not public.

    Args:
        key: The concept's primary key.
        language: In which it is read.
        site_url: Where addresses begin.
    """
    with override(language):
        index = SiteSections(None).index_url("GlossaryIndexPage", language)
    concept = GlossaryConcept.objects.public().with_words().filter(pk=key).first()
    if concept is None or not index:
        return None
    words = ConceptWords(concept, language)
    return _listed(words, urljoin(f"{site_url}/", index), glossary_uri(), glossary_licence())


def _listed(words: ConceptWords, base: str, glossary: str, licence: str) -> ListedRecord:
    concept, headline, definition = words.concept, words.headline, words.definition
    language = headline.language if headline else words.language
    published_at = concept.first_published_at or concept.last_published_at or UNKNOWN
    with override(language):
        domain = str(concept.get_domain_display())
        html = render_to_string(
            "v2v_components/syndicated_concept.html",
            {"definition": definition, "names": _names_in_use(words)},
        )
        origins = [TranslationOrigin(each.origin) for each in (headline, definition) if each]
        unconfirmed = [TO_BE_CONFIRMED.get(origin) for origin in origins]
        marks = [ListingText(str(mark), language) for mark in dict.fromkeys(unconfirmed) if mark]
    return ListedRecord(
        id=concept_uri(words.identifier, glossary=glossary),
        url=f"{base}{words.identifier}/",
        title=words.name,
        language=language,
        summary=definition.text if definition else "",
        summary_language=definition.language if definition else language,
        body_html=html,
        published_at=published_at,
        updated_at=concept.last_published_at or published_at,
        marks=marks,
        tags=[domain],
        licence_code=licence,
    )


def _names_in_use(words: ConceptWords) -> list[tuple[str, str, list[str]]]:
    """Returns (code, own name, terms) of each language that has terms for texts to use."""
    rows = [
        (code, name, [term.term for term in terms if term.status in TERMS_IN_USE])
        for code, name, terms in words.languages
    ]
    return [row for row in rows if row[2]]
