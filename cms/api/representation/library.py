"""What the items of one answer share: everything that they refer to, each kind loaded once.

Each property reads the database the first time somebody asks for it, for all items together. What
no item of the answer shows is never read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from v2v_pages.glossary.licence import glossary_licence
from v2v_snippets.concept_uris import concept_uri, glossary_uri
from v2v_snippets.enums import licence_url
from v2v_snippets.models import PersonConsent, Twinning
from v2v_snippets.models.glossary import GlossaryConcept
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.withdrawn import withdrawn_images
from v2v_snippets.selectors import standing_concepts

from ..languages import Asked
from .addresses import Addresses
from .documents import Documents
from .embedded import Embedded
from .funding import Funding, all_funding
from .images import Images
from .issues import Issues
from .markdown import to_markdown
from .modules import Modules
from .records import Countries, Schools, countries_for, load_consents, load_twinnings
from .references import References
from .relations import DraftRelations, Relations
from .rich_text import RichTextWriter
from .topics import Topics
from .versions import Versions
from .vet_rows import VETRows


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages that an answer shows."""

    pages: Sequence[Page] = ()
    fields: Mapping[type[Page], Collection[str]] = field(default_factory=dict)
    """What is written of the pages of each type."""
    is_draft: bool = False
    """Whether they are drafts, which know themselves what they are related to."""


class Library:
    """Everything that the items of one answer refer to.

    ``gather`` is called once, when the first reference is to be followed, and returns all of them;
    the alternates of the pages that are ``shown`` are wanted.
    """

    def __init__(
        self,
        request: HttpRequest,
        site: Site,
        asked: Asked,
        *,
        gather: Callable[[], References] = References,
        shown: Shown = Shown(),
    ) -> None:
        self.request = request
        self.asked = asked
        self.addresses = Addresses(site)
        self._gather = gather
        self._shown = shown
        self._pages = shown.pages
        self._relations: dict[type[Page], Relations] = {}
        self.embedded = Embedded()

    @property
    def language(self) -> str:
        """The language asked for."""
        return self.asked.language

    @property
    def site_name(self) -> str:
        """Who is to be named as the source of items."""
        return site_name()

    @cached_property
    def references(self) -> References:
        """The keys of all that the items point to, and the records that they embed."""
        found = self._gather()
        found.images |= self.embedded.references().images
        return found

    def gather_references(self) -> None:
        """Sees to it that the first pass over all items has been made."""
        _ = self.references

    @cached_property
    def versions(self) -> Versions:
        """The items, and the pages that they link to, in all languages."""
        keys: set[UUID] = {page.translation_key for page in self._pages}
        models = dict.fromkeys(type(page) for page in self._pages)
        return Versions(
            self.addresses,
            keys=keys,
            known=() if self._shown.is_draft else self._pages,
            links=self.references.pages,
            models=models,
        )

    def relations(self, model: type[Page]) -> Relations:
        """Returns what the pages of one type are related to."""
        if model not in self._relations:
            pages = [page for page in self._pages if type(page) is model]
            read = DraftRelations if self._shown.is_draft else Relations
            wanted = {*self._shown.fields.get(model, ()), *self.asked.include}
            self._relations[model] = read(model, pages, wanted)
        return self._relations[model]

    @cached_property
    def modules(self) -> Modules:
        """The modules of all processes."""
        return Modules(self._pages, self.language)

    @cached_property
    def issues(self) -> Issues:
        """The issues of newsletters, read together."""
        return Issues(self._pages, self.addresses.root_url)

    @cached_property
    def withdrawn_images(self) -> frozenset[int]:
        """Those that stand for nothing: somebody in them is not to be seen any more."""
        return withdrawn_images()

    @cached_property
    def images(self) -> Images:
        """All images."""
        return Images(self.references.images, self.addresses)

    @cached_property
    def documents(self) -> Documents:
        """All files for download."""
        return Documents(self.references.documents, self.addresses)

    @cached_property
    def countries(self) -> Countries:
        """The names of all countries."""
        return countries_for(self.language)

    @cached_property
    def schools(self) -> Schools:
        """Writes partners and twinnings."""
        return Schools(self.versions, self.countries, self.language)

    @cached_property
    def topics(self) -> Topics:
        """Names the topics of the repository."""
        return Topics(self.versions, self.language)

    @cached_property
    def twinnings(self) -> dict[int, Twinning]:
        """The pairs that items are about or show, by number."""
        wanted = self.references
        return load_twinnings(wanted.twinnings, everything=wanted.all_twinnings)

    @cached_property
    def consents(self) -> dict[int, PersonConsent]:
        """Those of the consents that hold today."""
        return load_consents(self.references.consents, timezone.localdate())

    @cached_property
    def funding(self) -> Funding:
        """The wordings of all grants."""
        return all_funding()

    @cached_property
    def glossary_uri(self) -> str:
        """The URI of the glossary as a whole."""
        return glossary_uri()

    @cached_property
    def glossary_licence(self) -> str:
        """The licence of the glossary; "" while no page shows it."""
        return glossary_licence() if apps.is_installed("v2v_pages") else ""

    def reuse(self, licence: str) -> dict[str, Any]:
        """Returns the terms of a licence, named by its SPDX identifier, and whom to name."""
        return {
            "code": licence,
            "url": licence_url(licence) or None,
            "attribution": self.site_name,
        }

    @cached_property
    def terms(self) -> dict[str, GlossaryConcept]:
        """The public concepts that running texts name, by the identifier in them."""
        return standing_concepts(self.references.terms)

    @cached_property
    def vet_rows(self) -> VETRows:
        """Values and programmes of the VET systems among the items."""
        return VETRows(self._pages, self.language, is_draft=self._shown.is_draft)

    @cached_property
    def _rich_text(self) -> RichTextWriter:
        targets = {
            "page": lambda key: self.versions.url(key, self.language),
            "document": lambda key: str((self.document(key) or {}).get("url", "")),
        }
        return RichTextWriter(self.addresses.root_url, targets, self._term_uri)

    def _term_uri(self, identifier: str) -> str:
        """Returns the URI of the public concept behind an identifier in a text; "" for none."""
        concept = self.terms.get(identifier)
        return concept_uri(concept.identifier, glossary=self.glossary_uri) if concept else ""

    def running_text(self, source: Any) -> str:
        """Returns a stored rich text for everybody, as HTML or Markdown, whichever is asked for."""
        html = self._rich_text.html(source)
        return to_markdown(html) if self.asked.as_markdown else html

    def rich_text(self, source: Any) -> dict[str, str]:
        """Returns the fields that hold a stored rich text."""
        text = self.running_text(source)
        return {"html": "", "markdown": text} if self.asked.as_markdown else {"html": text}

    def shown(self, html: str) -> dict[str, str]:
        """Returns the fields that hold a text that others have written as HTML."""
        clean = self._rich_text.clean(html)
        if self.asked.as_markdown:
            return {"html": "", "markdown": to_markdown(clean)}
        return {"html": clean}

    def link(self, key: int | None) -> dict[str, Any] | None:
        """Returns a page that a block points to; None where it is not public."""
        return self.versions.link(key, self.language) if key else None

    def image(self, key: int | None) -> dict[str, Any] | None:
        """Returns an image with its own description; None where it cannot be shown."""
        return self.images.image(key)

    def document(self, key: int | None) -> dict[str, Any] | None:
        """Returns a file for download; None where it is not public."""
        return self.documents.document(key) if key else None

    def twinning(self, key: int | None) -> dict[str, Any] | None:
        """Returns a pair of schools."""
        twinning = self.twinnings.get(key) if key else None
        return self.schools.twinning(twinning) if twinning else None

    def person(self, consent: int | None) -> dict[str, Any] | None:
        """Returns a person by their consent; None once it has ended."""
        person = self.consents.get(consent) if consent else None
        if person is None:
            return None
        partner = self.schools.partner(person.partner)
        return {"name": person.person_name, "role": person.role, "partner": partner}

    def twinnings_among(self, keys: Collection[int]) -> list[dict[str, Any]]:
        """Returns the pairs with these keys, by number."""
        pairs = (pair for key, pair in self.twinnings.items() if key in set(keys))
        return [self.schools.twinning(pair) for pair in pairs]
