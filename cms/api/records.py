"""How a list of the project's records is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from .answers import asked_by, site_of
from .caching import json_answer
from .pagination import Order, Pages
from .representation.directory import Record
from .representation.library import Library
from .representation.references import References
from .schemas.selection import selected_fields

Gather = Callable[[Sequence[Any]], References]


def nothing(_records: Sequence[Any]) -> References:
    """Returns what records without images and files refer to."""
    return References()


def answer_records(
    request: HttpRequest,
    parameters: Any,
    records: Any,
    columns: dict[str, str],
    *,
    writer: type[Record],
    gather: Gather = nothing,
) -> HttpResponse:
    """Answers one page of a list of records.

    Args:
        request: The request.
        parameters: Checked parameters of the list.
        records: All records that are asked for, with what is read of each.
        columns: What the list can be ordered by, by the name that the parameter has.
        writer: Writes one record.
        gather: Returns what the records refer to.
    """
    site, asked = site_of(request), asked_by(parameters)
    order = Order.named(parameters.order, columns)
    rows, further = Pages(request, order, parameters.limit, parameters.cursor).page(records)
    library = Library(request, site, asked, gather=lambda: gather(rows))
    fields = selected_fields(writer.schema, parameters.fields)
    items = [writer(row, library).write(fields) for row in rows]
    name = records.model._meta.model_name
    return json_answer(
        {"items": items, "next": further},
        languages=[asked.language],
        keys=[f"{name}-list", *(f"{name}-{row.pk}" for row in rows)],
    )


def answer_record(
    request: HttpRequest, parameters: Any, records: Any, *, writer: type[Record], gather: Gather
) -> HttpResponse:
    """Answers the one record among ``records``.

    Raises:
        Http404: when there is none.
    """
    site, asked = site_of(request), asked_by(parameters)
    rows = list(records[:1])
    if not rows:
        raise Http404
    library = Library(request, site, asked, gather=lambda: gather(rows))
    item = writer(rows[0], library).write(selected_fields(writer.schema, parameters.fields))
    name = records.model._meta.model_name
    return json_answer(item, languages=[asked.language], keys=[f"{name}-{rows[0].pk}"])
