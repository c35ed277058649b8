"""What is found of pages: what their type lets Wagtail's own search find, and no person's words.

The index holds every page that is live; whether everybody may read it, also by its ancestors and
dates, is asked when somebody searches.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.search.index import SearchField

from ..blocks.consent import without_ended_consents
from .sources import SearchDocument, page_kind

ALREADY_THERE = frozenset({"title", "summary", "draft_title"})


def page_document(page: Any) -> SearchDocument | None:
    """Returns what is found of a page (as its own type), or None for one that never is."""
    kind = page_kind(type(page))
    if not kind or not page.live or page.alias_of_id or page.depth < 2:
        return None
    keywords: Sequence[str] = getattr(page, "search_keywords", list)()
    facets: Mapping[str, Sequence[str]] = getattr(page, "search_facets", dict)()
    return SearchDocument(
        kind=kind,
        key=str(page.translation_key),
        language=page.locale.language_code,
        title=page.title,
        summary=getattr(page, "summary", ""),
        body=" ".join(_texts(page)),
        keywords=[*getattr(page, "listing_tags", ()), *keywords],
        facets=facets,
        day=getattr(page, "listing_date", None),
        page_id=page.pk,
    )


def _texts(page: Any) -> Iterator[str]:
    for field in type(page).get_search_fields():
        if isinstance(field, SearchField) and field.field_name not in ALREADY_THERE:
            yield from _flat(_value(field, page))


def _value(field: SearchField, page: Any) -> Any:
    """Returns the texts of one field, of a body without what somebody's consent covers.

    A consent can end any day, and the index would not notice.
    """
    value = getattr(page, field.field_name, None)
    if isinstance(value, StreamValue):
        block = value.stream_block
        kept = without_ended_consents(block, list(value.raw_data), set())
        return block.get_searchable_content(StreamValue(block, kept, is_lazy=True))
    return field.get_value(page)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _flat(part)
    elif value:
        yield str(value)
