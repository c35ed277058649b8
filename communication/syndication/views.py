"""Feeds for readers and for other sites."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date

from v2v_snippets.publication.answers import kept_seconds

from .answers import for_everybody
from .atom import write_atom
from .choosing import choose_list
from .json_feed import write_json_feed
from .rss import write_rss
from .selectors import read_feed

FORMATS: Final = {
    "atom": (write_atom, "application/atom+xml; charset=utf-8"),
    "rss": (write_rss, "application/rss+xml; charset=utf-8"),
    "json": (write_json_feed, "application/feed+json"),
}


@for_everybody
def show_feed(
    request: HttpRequest,
    locale: str,
    listing_type: str,
    extension: str,
    filter_name: str = "",
    value: str = "",
) -> HttpResponse:
    """Answers the latest items of one type, or of all, or of a part of them, in one format.

    Raises:
        Http404: when there is no such feed.
    """
    write, content_type = FORMATS[extension]
    feed = read_feed(request, choose_list(locale, listing_type, filter_name, value))
    response = HttpResponse(write(feed), content_type=content_type)
    response["Content-Language"] = locale
    response["Last-Modified"] = http_date(feed.updated_at.timestamp())
    response["Cache-Control"] = f"public, max-age={kept_seconds(feed.next_boundary_at)}"
    return response


@for_everybody
def show_nothing(_request: HttpRequest) -> HttpResponse:
    """Answers for all other addresses below that of the feeds.

    Raises:
        Http404: always.
    """
    raise Http404("There is no such feed.")
