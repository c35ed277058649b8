"""Links in running text that stay in the reader's language and give nothing unpublished away."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .language.reading import readers_language
from .publication.languages import best_version, public_versions
from .publication.urls import url_in


class ReaderPageLinkHandler(PageLinkHandler):
    """Leads to the best version of a page; what is not public becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict[str, str]]) -> list[str]:
        """Returns the opening tags of all links in a text: two queries, however many links."""
        code = readers_language()
        keys = _translation_keys(attrs.get("id", "") for attrs in attrs_list)
        versions = public_versions(keys.values())
        tags = []
        for attrs in attrs_list:
            key = keys.get(attrs.get("id", ""))
            best = best_version(versions.get(key, []), code) if key else None
            url = url_in(best, code) if best else ""
            tags.append(f'<a href="{escape(url)}">' if url else "<a>")
        return tags


def _translation_keys(ids: Any) -> dict[str, UUID]:
    wanted = {text for text in ids if text.isdecimal()}
    rows = Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key")
    return {str(pk): key for pk, key in rows}
