"""Reads a site as a robot does: from its public surfaces along all internal links."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.test import Client

from tests.texts import PARTNERSHIP

_LINK: Final = re.compile(
    r"""(?:href|src|content|"url"|"contentUrl"|<loc>)\s*[=:]?\s*["']?(https?://[^"'<\s]+|/[^"'<\s>]*)"""
)
_SRCSET: Final = re.compile(r"""(?:srcset|"(?:avif|webp|jpeg)")\s*[=:]\s*["']([^"']+)["']""")
_NOT_FOR_ROBOTS: Final = re.compile(r"""<a[^>]*\srel=["']nofollow["'][^>]*>""")
"""Mixtures of filters: parts of lists that are read anyway, by the hundred."""
_LEFT_OUT: Final = ("/static/", "/admin/", "/oembed/", "/sharing/")
"""Every page says where to ask how it is embedded, and has a card; some are asked for by name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from one address: everything that a reader could see, headers and all."""

    path: str
    status: int
    headers: str
    content: str


def crawl(
    client: Client, surfaces: Iterable[str], languages: Collection[str] = PARTNERSHIP
) -> Iterator[Answer]:
    """Yields each answer, from all ``surfaces`` along all internal links.

    Pages in other than these ``languages`` are left out: the same code writes them.
    """
    queue = list(surfaces)
    seen = set(queue)
    while queue:
        path = queue.pop()
        response = client.get(path)
        sent = b"".join(response) if response.streaming else response.content
        answer = Answer(
            path, response.status_code, str(response.headers), sent.decode(errors="replace")
        )
        yield answer
        if not response.headers.get("Content-Type", "").startswith(("text/css", "image/")):
            links = {response.headers.get("Location", ""), *links_of(answer.content)}
            new = {link for link in links if _is_to_be_read(link, languages)} - seen
            seen |= new
            queue += sorted(new)


def links_of(content: str) -> Iterator[str]:
    """Yields the internal addresses that a page, feed or answer names, srcsets included."""
    content = _NOT_FOR_ROBOTS.sub("", content)
    candidates = [part.split()[0] for text in _SRCSET.findall(content) for part in text.split(", ")]
    for link in [*_LINK.findall(content), *candidates]:
        target = urlsplit(link.replace("&amp;", "&"))
        if target.netloc in {"", "testserver", "localhost"}:
            yield target.path + (f"?{target.query}" if target.query else "")


def _is_to_be_read(address: str, languages: Collection[str]) -> bool:
    prefix = address.removeprefix("/feeds").strip("/").partition("/")[0]
    foreign = prefix in PARTNERSHIP and prefix not in languages
    return address.startswith("/") and not foreign and not address.startswith(_LEFT_OUT)
