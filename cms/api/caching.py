"""Answers that caches can keep."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

import orjson
from django.http import HttpResponse
from django.utils.http import http_date

CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=60"
"""Short, since a consent that ends or a page that is withdrawn must be gone from caches soon."""

ALWAYS_ASK: Final = "public, no-cache"
"""For what is asked for because something has changed: an answer from before would say nothing."""


def json_answer(
    data: Any,
    *,
    languages: Iterable[str],
    keys: Collection[str],
    modified: datetime | None = None,
    cache_control: str = CACHE_CONTROL,
    status: int = 200,
) -> HttpResponse:
    """Returns ``data`` as JSON, as it is: the tests validate it, not each answer anew.

    Args:
        data: What ``encoded()`` can write.
        languages: Of the texts in it, for ``Content-Language``.
        keys: For ``Surrogate-Key``, by which a CDN is told what to forget.
        modified: When the one item in it was last published.
        cache_control: How long caches may keep it.
        status: Any other than 200 is about one request, and kept by nobody.
    """
    response = HttpResponse(encoded(data), content_type="application/json", status=status)
    response["Cache-Control"] = cache_control if status == 200 else "no-store"
    response["Content-Language"] = ", ".join(dict.fromkeys(languages))
    if keys:
        response["Surrogate-Key"] = " ".join(dict.fromkeys(keys))
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    return response


def encoded(data: Any) -> bytes:
    """Writes JSON. What host sites put into it may be anything; what is not JSON becomes text."""
    try:
        return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # half of a surrogate pair, or a number of more than 64 bits
        return json.dumps(data, default=str).encode()
