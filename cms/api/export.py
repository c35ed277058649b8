"""How all items of a shelf are answered at once, each as a line of its own."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any, Final

from django.http import HttpRequest, StreamingHttpResponse
from wagtail.models import Site

from v2v_snippets.language.locales import content_languages
from v2v_snippets.remembering import remembering

from .answers import Shelf, asked_by, site_of
from .languages import Asked
from .representation.answer import write_pages
from .representation.kinds import load_specific
from .streaming import MEDIA_TYPE, in_lines

CHUNK: Final = 200
"""Items that are in memory at once."""


def answer_everything(request: HttpRequest, parameters: Any, shelf: Shelf) -> Any:
    """Answers all items of a shelf, each as a line of its own, in memory that does not grow.

    The first items are written before the answer begins, so that what goes wrong with all of them
    is told as a problem. Nobody keeps the answer: a copy that was cut off is no export.
    """
    site, asked = site_of(request), asked_by(parameters)
    chunks = _chunks(request, parameters, shelf, site, asked)
    response = StreamingHttpResponse(in_lines(chunks), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = ", ".join(content_languages())
    return response


def _chunks(
    request: HttpRequest, parameters: Any, shelf: Shelf, site: Site, asked: Asked
) -> Iterator[list[dict[str, Any]]]:
    """Yields the items of a shelf by type and age: one list of queries for each chunk."""
    for model in shelf.types:
        pages = replace(shelf, model=model, types=()).public(site, asked).order_by("pk")
        last = 0
        while keys := list(pages.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
            last = keys[-1]
            with remembering():  # the request, which does so for others, is over
                items = write_pages(
                    sorted(load_specific(model, keys), key=attrgetter("pk")),
                    parameters.fields,
                    request=request,
                    site=site,
                    asked=asked,
                )
            yield items
