"""Links in running text that stay in the reader's language and give nothing unpublished away."""

from collections.abc import Sequence

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .language.reading import readers_language
from .links import documents_by_key, page_versions_by_key
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
