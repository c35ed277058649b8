"""Answers that caches can keep, and that cost nothing to send again."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags

CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=60"
"""Short, since a consent that ends or a page that is withdrawn must be gone from caches soon."""

KEPT_WITH_304: Final = (
    "Cache-Control", "Content-Language", "ETag", "Last-Modified", "Surrogate-Key",
)  # fmt: skip


def json_answer(
    data: Any,
    *,
    languages: Iterable[str],
    keys: Iterable[str],
    modified: datetime | None = None,
) -> HttpResponse:
    """Returns ``data`` as JSON, as it is: the tests validate it, not each answer anew.

    Args:
        data: What orjson can write.
        languages: Of the texts in it, for ``Content-Language``.
        keys: For ``Surrogate-Key``, by which a CDN is told what to forget.
        modified: When the one item in it was last published.
    """
    response = HttpResponse(orjson.dumps(data), content_type="application/json")
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Language"] = ", ".join(dict.fromkeys(languages))
    response["Surrogate-Key"] = " ".join(dict.fromkeys(keys))
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    return response


def answer_conditionally(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Adds a strong ``ETag`` to an answer, or returns 304 to who has it already.

    Only the ETag counts: an item also changes with its images, schools and consents, which its date
    of publication does not know of.
    """
    if response.status_code != HTTPStatus.OK:
        return response
    etag = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    response["ETag"] = etag
    known = {
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    }
    if etag not in known and "*" not in known:
        return response
    unchanged = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    del unchanged["Content-Type"]
    for name in KEPT_WITH_304:
        if name in response:
            unchanged[name] = response[name]
    return unchanged
