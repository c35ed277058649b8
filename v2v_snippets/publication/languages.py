"""Every page once, in the language nearest to the reader's.

The chain of a language ends in English and then in whatever language the page was born in: a story
written in Albanian is shown everywhere, marked as Albanian, rather than nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import router
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Locale, Page

from ..keeping import kept
from ..language.fallback import fallback_chain, in_chain
from ..prepared import prepared
from ..rows import as_instance
from .published import AskedOfEach, published_public

PageSet = TypeVar("PageSet", bound="QuerySet[Page]")

ASKED_OF_VERSIONS: Final = (
    "id", "translation_key", "title", "slug", "url_path", "path", "depth", "content_type_id",
    "show_in_menus", "live", "locale_id",
)  # fmt: skip
"""Where a version stands and what it is called: to read the other half of it takes longer."""

LOCALE: Final = ("id", "language_code")


def _ranked(queryset: PageSet, chain: list[str]) -> PageSet:
    ranks = [When(locale__language_code=code, then=Value(i)) for i, code in enumerate(chain)]
    return queryset.alias(
        language_rank=Case(*ranks, default=Value(len(chain)), output_field=IntegerField())
    )


def in_language(queryset: PageSet, code: str, *, fallback: bool = True, now: Any = None) -> PageSet:
    """Keeps, of each page in ``queryset``, the public version best for a reader of ``code``.

    Among versions outside the chain the oldest wins, which is the original. Without ``fallback``
    only pages in ``code`` itself stay. One query, whatever the number of pages; ``now`` is a slot
    where it is prepared.
    """
    public = published_public(queryset, now=now)
    if not fallback:
        return public.filter(locale__language_code=code)
    chain = fallback_chain(code)
    # a version is no better than itself: said first, and of plain pages, which are joined to
    # nothing, it spares the search for what restricts it
    siblings = Page.objects.filter(translation_key=OuterRef("translation_key"))
    others = published_public(siblings.exclude(id=OuterRef("pk")), now=now)
    better = _ranked(others, chain).filter(
        Q(language_rank__lt=OuterRef("language_rank"))
        | Q(language_rank=OuterRef("language_rank"), pk__lt=OuterRef("pk"))
    )
    return _ranked(public, chain).exclude(AskedOfEach(better.order_by()))


def public_versions(keys: Iterable[UUID], pages: Iterable[int] = ()) -> dict[UUID, list[Page]]:
    """Returns the public translations of the pages with these translation keys, oldest first.

    One query; locales are loaded with the pages, which are plain ``Page`` instances. Of these they
    know ``ASKED_OF_VERSIONS``; anything else costs a query.

    Args:
        keys: Translation keys.
        pages: Primary keys of further pages, which need not be public themselves.
    """
    asked = {"keys": list(dict.fromkeys(keys)), "pages": sorted(pages)}
    given = {name: values for name, values in asked.items() if values}
    versions: dict[UUID, list[Page]] = defaultdict(list)
    rows = _versions_of(**given, now=timezone.now()) if given else []
    db = router.db_for_read(Page)
    for language, *row in rows:
        page = as_instance(Page, ASKED_OF_VERSIONS, row, db=db)
        page.locale = as_instance(Locale, LOCALE, (page.locale_id, language), db=db)
        versions[page.translation_key].append(page)
    return versions


@prepared
def _versions_of(*, keys: Any = None, pages: Any = None, now: Any) -> Any:
    found = published_public(translations(keys, pages), now=now)
    return found.order_by("pk").values_list("locale__language_code", *ASKED_OF_VERSIONS)


def translations(keys: Any, pages: Any) -> "QuerySet[Page]":
    """Returns all versions of pages, named by translation keys, by primary keys, or by both.

    Keys that stand for others are looked up first: asked in one breath with them, PostgreSQL reads
    all pages there are.
    """
    if pages is None:
        return Page.objects.filter(translation_key__in=keys)
    named = Q(pk__in=pages) if keys is None else Q(pk__in=pages) | Q(translation_key__in=keys)
    wanted = Page.objects.filter(named).order_by().values("translation_key")
    return Page.objects.filter(translation_key__in=wanted)


def with_locales(pages: Iterable[Page]) -> list[Any]:
    """Returns pages that know their locales, which the database need not join to each of them."""
    known, pages = _all_locales(), list(pages)
    for page in pages:
        if page.locale_id in known:
            page.locale = known[page.locale_id]
    return pages


@kept
def _all_locales() -> dict[int, Locale]:
    return {locale.pk: locale for locale in Locale.objects.all()}


def versions_for(request: HttpRequest, key: UUID) -> list[Page]:
    """Returns the public versions of a page, looked up once in a request."""
    cache: dict[UUID, list[Page]] = request.__dict__.setdefault("_v2v_versions", {})
    if key not in cache:
        cache[key] = public_versions([key])[key]
    return cache[key]


def remember_versions(request: HttpRequest, keys: Iterable[UUID], pages: Iterable[Page]) -> None:
    """Tells ``versions_for()`` the answers for ``keys``, found among ``pages`` loaded elsewhere.

    ``pages`` must hold every public version, with its locale; others are ignored.
    """
    cache: dict[UUID, list[Page]] = request.__dict__.setdefault("_v2v_versions", {})
    found: dict[UUID, list[Page]] = {key: [] for key in keys}
    for page in sorted(pages, key=lambda page: page.pk):
        if page.translation_key in found:
            found[page.translation_key].append(page)
    cache.update(found)


def best_version(versions: Iterable[Page], code: str) -> Page | None:
    """Returns that of one page's ``versions`` (oldest first) which suits a reader of ``code``."""
    by_language: dict[str, Page] = {}
    for page in versions:
        by_language.setdefault(page.locale.language_code, page)
    return in_chain(by_language, code) or next(iter(by_language.values()), None)
