"""The glossary: terms from A to Z, search, and a page for each concept."""

from dataclasses import replace
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from v2v_snippets.concept_uris import glossary_uri
from v2v_snippets.enums import ConceptDomain
from v2v_snippets.language.reading import text_in
from v2v_snippets.models.glossary import GlossaryConcept
from v2v_snippets.selectors import replacement_of, retired_concept

from ..facets import path_code
from ..frame import reverse_or_nothing
from ..glossary.concept import ConceptDetails
from ..glossary.data import listed_files
from ..glossary.finding import asked_for, find_concepts
from ..glossary.lists import GlossaryList
from ..glossary.places import CONCEPT_ROUTE, MISSING, PLACE_ROUTE, Place
from ..glossary.words import ConceptWords
from ..languages import own_link
from ..structured_data import without_empty
from ..subject import Subject
from .base import BasePage


class GlossaryIndexPage(RoutablePageMixin, BasePage):
    """All terms in the reader's language; each concept has its page below, by identifier."""

    parent_page_types = None
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    page_description = _("The glossary: terms from A to Z, and a page for each concept.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the glossary that are the same in all languages, for the site map."""
        concepts = GlossaryConcept.objects.public().order_by("identifier")
        rows = list(concepts.values_list("identifier", "domain"))
        domains = sorted({domain for _identifier, domain in rows})
        return [
            *(f"{identifier}/" for identifier, _domain in rows),
            *(f"domain/{path_code(domain)}/" for domain in domains),
        ]

    @path("")
    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Shows the first terms, or what the reader searches for."""
        return self._render_list(request, Place())

    @re_path(CONCEPT_ROUTE, name="concept")
    def show_concept(self, request: HttpRequest, identifier: str) -> HttpResponse:
        """Shows one concept; of a retired one only by what it was replaced."""
        details = ConceptDetails.find(identifier, self.languages.reader)
        if details is None:
            return self._render_retired(request, identifier)
        with text_in(self.language):
            data = details.structured_data(glossary_uri(), self.title)
        definition = details.definition
        context = {
            "concept": details,
            "files": listed_files(identifier),
            "api_url": reverse_or_nothing("v2v_api:get_concept", identifier=identifier),
            "crumb": own_link(self),
            "subject": Subject(details.name, definition.text if definition else "", data),
        }
        return self.render(request, template="v2v_pages/concept.html", context_overrides=context)

    @re_path(PLACE_ROUTE, name="place")
    def show_place(self, request: HttpRequest, **parts: str | None) -> HttpResponse:
        """Shows one letter, domain or page, or two languages side by side."""
        return self._render_list(request, Place.read(parts))

    def _render_list(self, request: HttpRequest, place: Place) -> HttpResponse:
        glossary = GlossaryList(place, self.languages.reader, self.languages.url)
        if glossary.proper_place != place:
            return redirect(self.languages.url + glossary.proper_place.path)
        asked = asked_for(request.GET.get("q", ""))
        with text_in(self.language):
            chosen = self._chosen(place, asked)
            groups = glossary.choices()
            subject = self._subject_of(glossary, asked, chosen)
        context = {
            "glossary": glossary,
            "place": place,
            "asked": asked,
            "chosen_labels": chosen,
            "filter_groups": groups,
            "found": find_concepts(asked, glossary.language, place.domain) if asked else [],
            "form_url": self.languages.url + place.but(letter="").path,
            "list_url": self.languages.url + place.but().path,
            "glossary_uri": glossary_uri(),
            "files": listed_files(),
            "api_url": reverse_or_nothing("v2v_api:list_concepts"),
            "subject": subject,
            "crumb": own_link(self) if chosen else None,
        }
        return self.render(request, context_overrides=context)

    def _render_retired(self, request: HttpRequest, identifier: str) -> HttpResponse:
        """Answers 410, in a page that leads on.

        Raises:
            Http404: when no concept was retired under this identifier.
        """
        concept = retired_concept(identifier)
        if concept is None:
            raise Http404
        replacement = replacement_of(concept)
        found = (
            ConceptDetails.find(replacement.identifier, self.languages.reader)
            if replacement
            else None
        )
        subject = Subject(identifier, "", {"@type": "WebPage"}, is_indexed=False)
        response: HttpResponse = self.render(
            request,
            template="v2v_pages/retired_concept.html",
            context_overrides={
                "identifier": identifier,
                "replacement": found,
                "crumb": own_link(self),
                "subject": subject,
            },
        )
        response.status_code = 410
        return response

    def _chosen(self, place: Place, asked: str) -> list[str]:
        """Returns what the place is called, for headings, in the language being written."""
        letter = gettext("Not in your language yet") if place.letter == MISSING else place.letter
        domain = str(dict(ConceptDomain.choices).get(place.domain, ""))
        return [label for label in (domain, letter, f"“{asked}”" if asked else "") if label]

    def _subject_of(self, glossary: GlossaryList, asked: str, chosen: list[str]) -> Subject:
        entries = [] if asked else glossary.entries
        terms = {entry.words.identifier: entry.words for entry in entries}
        data = self.structured_data() | {"mainEntity": self._set_data(list(terms.values()))}
        subject = replace(self.subject, data=data)
        if chosen:
            name = f"{self.title}: {', '.join(chosen)}"
            subject = replace(subject, name=name, window_title="")
        if glossary.place.number > 1:
            title = subject.window_title or subject.name
            subject = replace(subject, window_title=f"{title} ({glossary.place.number})")
        return replace(subject, is_indexed=glossary.place.is_indexed and not asked)

    def _set_data(self, terms: list[ConceptWords]) -> dict[str, Any]:
        """Returns the glossary as a set of terms, with those that the page shows."""
        uri = glossary_uri()
        shown = [
            {
                "@type": "DefinedTerm",
                "@id": f"{uri}/{words.identifier}",
                "name": words.name,
                "termCode": words.identifier,
                "url": f"{uri}/{words.identifier}",
            }
            for words in terms
        ]
        return without_empty(
            {
                "@type": "DefinedTermSet",
                "@id": uri,
                "name": self.title,
                "license": self.licence_url,
                "hasDefinedTerm": shown,
            }
        )
