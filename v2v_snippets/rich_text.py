"""Links in running text that stay in the reader's language and give nothing unpublished away."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.html import escape
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .concept_uris import GLOSSARY_PATH
from .language.reading import readers_language
from .language_parts import part_data
from .links import concepts_by_identifier, documents_by_key, page_versions_by_key
from .models.glossary import GlossaryConcept
from .publication.languages import best_version
from .publication.urls import url_in


class ReaderPageLinkHandler(PageLinkHandler):
    """Leads to the best version of a page; what is not public becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict[str, str]]) -> list[str]:
        """Returns the opening tags of all links in a text: two queries, however many links."""
        code = readers_language()
        versions = page_versions_by_key(attrs.get("id", "") for attrs in attrs_list)
        tags = []
        for attrs in attrs_list:
            best = best_version(versions.get(attrs.get("id", ""), []), code)
            url = url_in(best, code) if best else ""
            tags.append(f'<a href="{escape(url)}">' if url else "<a>")
        return tags


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """Leads to a file; one that the public may not fetch becomes plain text, name and all."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict[str, str]]) -> list[str]:
        """Returns the opening tags of all links in a text: one query, however many links."""
        documents = documents_by_key(attrs.get("id", "") for attrs in attrs_list)
        found = (documents.get(attrs.get("id", "")) for attrs in attrs_list)
        return [f'<a href="{escape(document.url)}">' if document else "<a>" for document in found]


class TermLinkHandler(LinkHandler):
    """Leads to a concept of the glossary by its permanent address; others become plain text.

    Pages of this project turn such a link into a toggletip: ``v2v_pages.glossary.toggletips``.
    """

    identifier = "term"

    @staticmethod
    def get_model() -> type[GlossaryConcept]:
        """Returns what the links are to."""
        return GlossaryConcept

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Returns the opening tag of one link."""
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict[str, str]]) -> list[str]:
        """Returns the opening tags of all terms in a text: one query, however many terms."""
        concepts = concepts_by_identifier(attrs.get("identifier", "") for attrs in attrs_list)
        found = (concepts.get(attrs.get("identifier", "")) for attrs in attrs_list)
        return [
            f'<a href="{GLOSSARY_PATH}/{concept.identifier}">' if concept else "<a>"
            for concept in found
        ]

    @classmethod
    def extract_references(
        cls, attrs: dict[str, str]
    ) -> Iterator[tuple[type[GlossaryConcept], str, str, str]]:
        """Yields the concept, so that Wagtail knows where it is used."""
        concepts = GlossaryConcept.objects.filter(identifier=attrs.get("identifier", ""))
        for key in concepts.values_list("pk", flat=True):
            yield GlossaryConcept, str(key), "", ""


class TermElementHandler(LinkElementHandler):
    """Reads a stored term for the editor, which shows the name of its concept."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Returns what the editor keeps of a term."""
        identifier = attrs.get("identifier", "")
        concept = GlossaryConcept.objects.filter(identifier=identifier).first()
        return {"identifier": identifier, "name": str(concept) if concept else ""}


def stored_term(props: dict[str, Any]) -> Any:
    """Returns a term of the editor as it is stored: its words, with the concept's identifier."""
    attributes = {"linktype": "term", "identifier": props.get("identifier", "")}
    return DOM.create_element("a", attributes, props["children"])


TERM_RULE: Final = {
    "from_database_format": {'a[linktype="term"]': TermElementHandler("TERM")},
    "to_database_format": {"entity_decorators": {"TERM": stored_term}},
}


class LanguageElementHandler(LinkElementHandler):
    """Reads a stored part for the editor, which shows the name of its language."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Returns what the editor keeps of a part."""
        return part_data(attrs.get("lang", ""))


def stored_part(props: dict[str, Any]) -> Any:
    """Returns a part of the editor as it is stored: its words, with their language."""
    attributes = {"linktype": "language", "lang": props.get("lang", "")}
    return DOM.create_element("a", attributes, props["children"])


LANGUAGE_RULE: Final = {
    "from_database_format": {'a[linktype="language"]': LanguageElementHandler("LANGUAGE")},
    "to_database_format": {"entity_decorators": {"LANGUAGE": stored_part}},
}
