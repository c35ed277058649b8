"""What the pages of the archive show beside their own text: frame, languages, feeds, parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from v2v_snippets.language.locales import content_languages, default_language
from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.languages import best_version, versions_for
from v2v_snippets.publication.urls import full_url_in, url_in

from ..frame import framed
from .features import OWN_TYPE
from .reading import Found, Reading


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of all issues in one language."""

    name: str
    mime_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """What networks and search engines may be told of a page of the archive.

    Frames find it in the context as ``sharing``, beside ``canonical_url`` and ``alternates``; a
    frame that knows nothing of it tells nothing.
    """

    page: Any
    schema_type: str
    """Its type in schema.org's vocabulary."""
    description: str
    image: Any = None
    """A picture that may be shown, or None."""
    published_on: date | None = None
    items: Sequence[tuple[str, str]] = ()
    """Names and absolute addresses of what it lists."""


FEEDS = (
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


def feed_links(language: str) -> list[FeedLink]:
    """Returns the feeds of issues; none where nothing is syndicated."""
    links = []
    for extension, name, mime_type in FEEDS:
        place = {"locale": language, "listing_type": OWN_TYPE, "extension": extension}
        try:
            url = reverse("communication_syndication:feed", kwargs=place)
        except NoReverseMatch:
            continue
        links.append(FeedLink(name, mime_type, url))
    return links


def frame_of(
    page: Any, request: HttpRequest, *, description: str, rest: str = ""
) -> dict[str, Any]:
    """Returns what the frame of a page of the archive needs, and what its head tells.

    Args:
        page: With its locale.
        request: For the page.
        description: What search engines show of it, unless its editors wrote something for them.
        rest: The part of the path below the page: "page/2/".
    """
    versions = versions_for(request, page.translation_key)
    paths = {
        code: url_in(best, code, request) + rest
        for code in content_languages()
        if (best := best_version(versions, code))
    }
    language = page.locale.language_code
    own = {version.locale.language_code: version for version in versions}
    alternates = {code: full_url_in(each, code, request) for code, each in own.items()}
    default = best_version(versions, default_language())
    context = framed(
        request,
        title=page.seo_title or page.title,
        paths=paths,
        description="" if rest else page.search_description or description or page.title,
        language=language,
        translations=own,
    )
    return {
        **context,
        "text_language": language,
        "canonical_url": full_url_in(page, language, request) + rest,
        "alternates": list(alternates.items()),
        "default_url": alternates[default.locale.language_code] if default else "",
        "feeds": feed_links(readers_language()),
        # frames of sites ask more of a page of theirs than one of ours can tell
        "page": None,
    }


def root_url_of(page: Any, request: HttpRequest | None = None) -> str:
    """Returns where addresses of a page's site begin, without a slash behind; "" on no site."""
    parts = page.get_url_parts(request)
    return str(parts[1] or "").rstrip("/") if parts else ""


def readings_of(issues: Iterable[Any], request: HttpRequest | None = None) -> None:
    """Lets issues be read together, those of each language at once."""
    by_language: dict[str, list[Any]] = {}
    for issue in issues:
        by_language.setdefault(issue.locale.language_code, []).append(issue)
    for language, group in by_language.items():
        reading = Reading(group, language, root_url_of(group[0], request))
        for issue in group:
            issue.reading = reading


def found_in(issue: Any) -> Found:
    """Returns what readers of its own language get of an issue."""
    found: Found = issue.reading.found(issue)
    return found
