"""Both passes over the pages of one answer."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from ..languages import Asked
from ..schemas.selection import selected_fields
from .kinds import writer_of
from .library import Library, Shown
from .references import References


def write_pages(
    pages: Sequence[Any],
    choices: Collection[str],
    *,
    request: HttpRequest,
    site: Site,
    asked: Asked,
    is_draft: bool = False,
) -> list[dict[str, Any]]:
    """Returns pages as items, in a number of queries that does not grow with them.

    Args:
        pages: Specific pages with their locales.
        choices: What the reader says of the fields that are wanted, as ``fields`` takes it.
        request: For blocks of host sites, which may ask for it.
        site: Whose addresses the items have.
        asked: The language of the reader, and the relations to include.
        is_draft: Whether the pages are told of as they stand in memory.
    """

    def gather() -> References:
        found = References()
        for item, wanted in items:
            item.collect(wanted, found)
        return found

    writers = {model: writer_of(model) for model in {type(page) for page in pages}}
    fields = {
        model: selected_fields(writer.schema, choices, asked.include)
        for model, writer in writers.items()
    }
    library = Library(request, site, asked, gather=gather, shown=Shown(pages, fields, is_draft))
    items = [(writers[type(page)](page, library), fields[type(page)]) for page in pages]
    return [item.write(wanted) for item, wanted in items]
