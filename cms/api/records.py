"""How a list of the project's records is answered."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from .answers import asked_by, site_of
from .caching import json_answer
from .pagination import Order, Pages
from .representation.directory import Record
from .representation.library import Library
from .representation.references import References
from .schemas.selection import selected_fields


def answer_records(
    request: HttpRequest,
    parameters: Any,
    records: Any,
    columns: dict[str, str],
    *,
    writer: type[Record],
    images: Callable[[Any], int | None] | None = None,
) -> HttpResponse:
    """Answers one page of a list of records.

    Args:
        request: The request.
        parameters: Checked parameters of the list.
        records: All records that are asked for, with what is read of each.
        columns: What the list can be ordered by, by the name that the parameter has.
        writer: Writes one record.
        images: Returns the primary key of the image of a record.
    """
    site, asked = site_of(request), asked_by(parameters)
    order = Order.named(parameters.order, columns)
    rows, further = Pages(request, order, parameters.limit, parameters.cursor).page(records)
    keys = {key for row in rows if images and (key := images(row))}
    library = Library(request, site, asked, gather=lambda: References(images=keys))
    fields = selected_fields(writer.schema, parameters.fields)
    items = [writer(row, library).write(fields) for row in rows]
    name = records.model._meta.model_name
    return json_answer(
        {"items": items, "next": further},
        languages=[asked.language],
        keys=[f"{name}-list", *(f"{name}-{row.pk}" for row in rows)],
    )
