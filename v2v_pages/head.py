"""The links in the head of a page: what programs follow, and readers never see."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .frame import FeedLink, Frame
from .subject import Subject

if TYPE_CHECKING:
    from .languages import PageLanguages


def links(
    subject: Subject, languages: "PageLanguages", frame: Frame, feeds: Iterable[FeedLink]
) -> Iterator[dict[str, str]]:
    """Yields the attributes of each link."""
    yield {"rel": "canonical", "href": languages.canonical_url}
    # of what no search engine lists, other languages may have no such part: a letter, a page
    if subject.is_indexed:
        for code, url in languages.alternates:
            yield {"rel": "alternate", "hreflang": code, "href": url}
        if default := languages.default_url:
            yield {"rel": "alternate", "hreflang": "x-default", "href": default}
    others = [(feed.mime_type, feed.url) for feed in feeds]
    if frame.oembed_url:
        others.append(("application/json+oembed", frame.oembed_url))
    for mime_type, url in others:
        yield {"rel": "alternate", "type": mime_type, "title": frame.site_name, "href": url}
