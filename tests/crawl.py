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
_OTHER_LINK: Final = re.compile(
    # of JSON-LD, feeds in JSON and answers; of RSS; of calendars; of robots.txt; of llms.txt
    r"""(?:"(?:\w+_url|item|logo)":\s*"|<link>|\burl="|\b(?:URL|SOURCE)(?:;VALUE=URI)?:|"""
    r"""\bSitemap:\s*|\]\()(https?://[^"<\s)]+)"""
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
    found_on: str
    """The first page that names the address; empty for where the crawler starts."""


def crawl(
    client: Client,
    surfaces: Iterable[str],
    languages: Collection[str] = PARTNERSHIP,
    left_out: tuple[str, ...] = _LEFT_OUT,
) -> Iterator[Answer]:
    """Yields each answer, from all ``surfaces`` along all internal links.

    Pages in other than these ``languages`` are left out: the same code writes them. So is what
    starts with one of ``left_out``.
    """
    queue = dict.fromkeys(surfaces, "")
    seen = set(queue)
    while queue:
        path, found_on = queue.popitem()
        response = client.get(path)
        sent = b"".join(response) if response.streaming else response.content
        content = sent.decode(errors="replace")
        yield Answer(path, response.status_code, str(response.headers), content, found_on)
        if not response.headers.get("Content-Type", "").startswith(("text/css", "image/")):
            links = {response.headers.get("Location", ""), *links_of(content)}
            new = {link for link in links if _is_to_be_read(link, languages, left_out)} - seen
            seen |= new
            queue |= dict.fromkeys(sorted(new), path)


def links_of(content: str) -> Iterator[str]:
    """Yields the internal addresses that a page, feed or answer names, srcsets included."""
    # lines of calendars go on after a break and a space
    content = _NOT_FOR_ROBOTS.sub("", content.replace("\r\n ", ""))
    candidates = [part.split()[0] for text in _SRCSET.findall(content) for part in text.split(", ")]
    for link in [*_LINK.findall(content), *_OTHER_LINK.findall(content), *candidates]:
        target = urlsplit(link.replace("&amp;", "&").replace(r"\u0026", "&"))
        if target.netloc in {"", "testserver", "localhost"}:
            yield target.path + (f"?{target.query}" if target.query else "")


def _is_to_be_read(address: str, languages: Collection[str], left_out: tuple[str, ...]) -> bool:
    prefix = address.removeprefix("/feeds").strip("/").partition("/")[0]
    foreign = prefix in PARTNERSHIP and prefix not in languages
    return address.startswith("/") and not foreign and not address.startswith(left_out)
