"""Both passes over the pages of one answer."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from ..languages import Asked
from ..schemas.selection import selected_fields
from .kinds import writer_of
from .library import Library
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
        for item, fields in items:
            item.collect(fields, found)
        return found

    library = Library(request, site, asked, gather=gather, pages=pages, is_draft=is_draft)
    writers = [writer_of(type(page))(page, library) for page in pages]
    wanted = {
        schema: selected_fields(schema, choices, asked.include)
        for schema in {writer.schema for writer in writers}
    }
    items = [(writer, wanted[writer.schema]) for writer in writers]
    return [item.write(fields) for item, fields in items]
