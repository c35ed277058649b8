"""What a reader may have meant by an address where nothing is.

Three queries, whatever is asked: the addresses most like it, the public versions of the pages
behind them, and the partners; where nothing is like it, the index is searched. Only what public
versions say counts, so that nobody learns the name of a draft by guessing at it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest
from wagtail.models import Page

from v2v_snippets.language.locales import content_languages
from v2v_snippets.language.slugs import slugify
from v2v_snippets.models import Partner
from v2v_snippets.publication.languages import best_version, public_versions
from v2v_snippets.publication.urls import url_in

from .frame import Frame
from .search.asking import Asked
from .search.results import Results

LONGEST_ADDRESS: Final = 200
"""How much of an address is looked at, in characters."""
MOST_WORDS: Final = 6
MOST_CANDIDATES: Final = 200
MOST_SUGGESTIONS: Final = 5
LIKE_ENOUGH: Final = 0.6
"""From 0 to 1: "kik-off" and "kick-off" are 0.93 alike."""
WHOLE_WORDS: Final = 0.8
"""How alike addresses are of which one has all words of the other."""
ABOVE: Final = 0.7
"""What a part of the address counts that is not the last one."""
SHORTEST_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that may be the one meant; ``language`` is that of its title."""

    title: str
    url: str
    language: str


def suggested_links(request: HttpRequest, frame: Frame) -> list[Suggestion]:
    """Returns the public pages and partners whose address or title is like the one asked for."""
    asked = asked_words(request.path)
    if not asked:
        return []
    rated = [*_pages_like(asked, request, frame.reader), *_partners_like(asked, frame)]
    rated.sort(key=lambda pair: -pair[0])
    known = {"", frame.home_url, *(link.url for link in frame.menu)}
    likely = [link for _rating, link in rated] or _found_by(asked, frame)
    links = {link.url: link for link in likely if link.url not in known}
    return list(links.values())[:MOST_SUGGESTIONS]


def question_of(path: str) -> str:
    """Returns the words of the last part of an address, as somebody would search for them."""
    return " ".join(part.replace("-", " ") for part in asked_words(path)[:1])


def asked_words(path: str) -> list[str]:
    """Returns the parts of a path as they would be slugs, the last first, without its language."""
    parts = re.split(r"[/.]", path[:LONGEST_ADDRESS].strip("/"))
    if parts[0] in content_languages():
        del parts[0]
    slugs = [slugify(part) for part in parts]
    return [slug for slug in reversed(slugs) if len(slug) >= SHORTEST_WORD]


def likeness(asked: Sequence[str], names: Sequence[str]) -> float:
    """Returns how much alike the nearest of both are, from 0 to 1; the last part counts most."""
    pairs = ((place, one, name) for place, one in enumerate(asked) for name in names if name)
    rated = (_alike(one, name) * (ABOVE if place else 1) for place, one, name in pairs)
    return max(rated, default=0)


def _alike(one: str, other: str) -> float:
    """Returns how many letters both share in order; whole words make them alike enough."""
    if f"-{one}-" in f"-{other}-" or f"-{other}-" in f"-{one}-":
        return max(WHOLE_WORDS, SequenceMatcher(None, one, other).ratio())
    matcher = SequenceMatcher(None, one, other)
    is_near = matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.quick_ratio() >= LIKE_ENOUGH
    return matcher.ratio() if is_near else 0


def _found_by(asked: Sequence[str], frame: Frame) -> list[Suggestion]:
    """Returns what a search for the words of the address finds, where none is like it.

    A text that has one word somewhere need not be about it: a single word must stand in a name.
    """
    words = asked[0].split("-")
    results = Results(Asked(" ".join(words)), frame.search_url, frame.sections)
    found = results.shown if len(words) > 1 else results.named
    return [Suggestion(one.hit.entry.title, one.url, one.language) for one in found]


def _pages_like(
    asked: list[str], request: HttpRequest, reader: str
) -> list[tuple[float, Suggestion]]:
    nearest = _keys_like(asked)
    versions = public_versions(nearest)
    rated = []
    for key in nearest:
        names = [
            name for page in versions.get(key, ()) for name in (page.slug, slugify(page.title))
        ]
        rating = likeness(asked, names)
        best = best_version(versions.get(key, ()), reader)
        if best is not None and best.depth > 2 and rating >= LIKE_ENOUGH:
            url = url_in(best, reader, request)
            link = Suggestion(best.title, url, best.locale.language_code)
            rated.append((rating, link))
    return rated


def _keys_like(asked: list[str]) -> list[UUID]:
    """Returns the keys of pages whose address is like what was asked for, public or not."""
    words = [word for slug in asked for word in slug.split("-") if len(word) >= SHORTEST_WORD]
    has_word = Q()
    for word in words[:MOST_WORDS]:
        has_word |= Q(slug__contains=word)
    # pages with one of the words first, then the newest ones, of which one may be misspelt
    rank = Case(When(has_word, then=Value(0)), default=Value(1), output_field=IntegerField())
    pages = Page.objects.filter(depth__gt=2).annotate(rank=rank)
    rows = pages.order_by("rank", "-pk").values_list("translation_key", "slug", "title")
    rated: dict[UUID, float] = {}
    for key, slug, title in rows[:MOST_CANDIDATES]:
        rated[key] = max(rated.get(key, 0), likeness(asked, (slug, slugify(title))))
    nearest = sorted(rated, key=lambda key: -rated[key])
    return [key for key in nearest[: 2 * MOST_SUGGESTIONS] if rated[key] >= LIKE_ENOUGH]


def _partners_like(asked: list[str], frame: Frame) -> list[tuple[float, Suggestion]]:
    partners = Partner.objects.only("slug", "short_name").order_by("pk")[:MOST_CANDIDATES]
    rated = [(likeness(asked, [partner.slug]), partner) for partner in partners]
    return [
        (rating, Suggestion(str(partner), frame.record_url(partner), frame.reader))
        for rating, partner in rated
        if rating >= LIKE_ENOUGH
    ]
