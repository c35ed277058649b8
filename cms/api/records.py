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
    order = Order.named(parameters.order, columns)
    rows, further = Pages(request, order, parameters.limit, parameters.cursor).page(records)
    items = _written(request, parameters, rows, writer, gather)
    name = records.model._meta.model_name
    return json_answer(
        {"items": items, "next": further},
        languages=[parameters.locale],
        keys=[f"{name}-list", *(f"{name}-{row.pk}" for row in rows)],
    )


def answer_record(
    request: HttpRequest, parameters: Any, records: Any, *, writer: type[Record], gather: Gather
) -> HttpResponse:
    """Answers the one record among ``records``.

    Raises:
        Http404: when there is none.
    """
    rows = list(records[:1])
    if not rows:
        raise Http404
    [item] = _written(request, parameters, rows, writer, gather)
    name = records.model._meta.model_name
    return json_answer(item, languages=[parameters.locale], keys=[f"{name}-{rows[0].pk}"])


def _written(
    request: HttpRequest,
    parameters: Any,
    rows: Sequence[Any],
    writer: type[Record],
    gather: Gather,
) -> list[dict[str, Any]]:
    """Returns records as items, in a number of queries that does not grow with them."""
    site, asked = site_of(request), asked_by(parameters)
    fields = selected_fields(writer.schema, parameters.fields, asked.include)

    def gather_all() -> References:
        for record in records:
            record.collect_included(fields)
        return gather(rows)

    library = Library(request, site, asked, gather=gather_all)
    records = [writer(row, library) for row in rows]
    return [record.write(fields) for record in records]
