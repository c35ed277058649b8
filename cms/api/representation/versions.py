"""In which languages pages exist: alternates, targets of links, lists of records."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from v2v_snippets.keeping import kept
from v2v_snippets.prepared import prepared
from v2v_snippets.publication.languages import best_version, translations
from v2v_snippets.publication.published import published_public

from .addresses import Addresses

INDEX_PAGES: Final = (
    "TwinningIndexPage",
    "PartnerIndexPage",
    "NewsIndexPage",
    "GlossaryIndexPage",
    "RepositoryIndexPage",
)


class LanguageOf(NamedTuple):
    """The locale of a version, as far as anybody asks."""

    language_code: str


class Version(NamedTuple):
    """A public page in one language, with what items tell of their alternates."""

    pk: int
    translation_key: UUID
    title: str
    url_path: str
    last_published_at: datetime | None
    language: str
    origin: str
    changed_at: datetime | None

    @classmethod
    def of_page(cls, page: Any) -> Self:
        """Returns a page that has been read as such a version."""
        return cls(
            page.pk,
            page.translation_key,
            page.title,
            page.url_path,
            page.last_published_at,
            page.locale.language_code,
            getattr(page, "translation_origin", ""),
            getattr(page, "original_changed_at", None),
        )

    @property
    def locale(self) -> LanguageOf:
        """As a page has it."""
        return LanguageOf(self.language)


class Versions:
    """The public versions of all pages that one answer is about or leads to: one query.

    A second one looks for links to pages that are not public themselves, if there are any.
    """

    def __init__(
        self,
        addresses: Addresses,
        *,
        keys: Collection[UUID] = (),
        known: Collection[Page] = (),
        links: Collection[int] = (),
        models: Iterable[type[Page]] = (),
    ) -> None:
        """Loads them.

        Args:
            addresses: Of the site.
            keys: Translation keys of the pages whose alternates are wanted.
            known: Public pages among them, with their locales, which need not be read again.
            links: Primary keys of the pages that are linked to.
            models: The types of the former, which know where their texts come from.
        """
        self._addresses = addresses
        self._links: dict[tuple[int, str], dict[str, Any] | None] = {}
        self._by_key: dict[UUID, list[Version]] = defaultdict(list)
        found = [*map(Version.of_page, known), *read_versions(sorted(keys), models, known, links)]
        for version in sorted(found):  # oldest first
            self._by_key[version.translation_key].append(version)
        self._key_of = {version.pk: version.translation_key for version in found}
        if hidden := sorted(set(links) - self._key_of.keys()):
            self._key_of.update(_keys_of(pages=hidden))

    def of(self, key: UUID) -> list[Version]:
        """Returns the public versions of a page, oldest first."""
        return self._by_key.get(key, [])

    def link(self, pk: int, language: str) -> dict[str, Any] | None:
        """Returns the page behind a link, in the best version; None where it is not public."""
        if (pk, language) not in self._links:
            self._links[pk, language] = self._link(pk, language)
        return self._links[pk, language]

    def _link(self, pk: int, language: str) -> dict[str, Any] | None:
        key = self._key_of.get(pk)
        best = best_version(self.of(key), language) if key else None
        url = self._addresses.of_page(best, language) if best else ""
        return {"id": key, "title": best.title, "url": url} if best and url else None

    def url(self, pk: int, language: str) -> str:
        """Returns where a link leads; "" where to nothing public."""
        link = self.link(pk, language)
        return str(link["url"]) if link else ""

    @cached_property
    def _lists(self) -> dict[str, list[Version]]:
        return public_lists()

    def list_url(self, name: str, language: str) -> str:
        """Returns the address of a list such as "PartnerIndexPage"; "" where there is none."""
        lists = self._lists.get(name, ())
        here = [page for page in lists if self._addresses.of_page(page, language)]
        best = best_version(here, language)
        return self._addresses.of_page(best, language) if best else ""


def read_versions(
    keys: Collection[UUID],
    models: Iterable[type[Page]] = (),
    known: Collection[Page] = (),
    links: Collection[int] = (),
) -> list[Version]:
    """Returns the public versions of some pages, oldest first: one query.

    Args:
        keys: Translation keys of the pages.
        models: The types that know where their texts come from ("" where unknown) and since when
            their originals are others.
        known: Versions that are left out.
        links: Primary keys of further pages, which need not be public themselves.
    """
    asked = {"keys": list(keys), "links": sorted(links), "known": [page.pk for page in known]}
    given = {name: values for name, values in asked.items() if values}
    if not keys and not links:
        return []
    rows = _versions(tuple(models), now=timezone.now(), **given)
    return [Version(*row) for row in rows]


@prepared
def _versions(
    models: tuple[type[Page], ...],
    *,
    now: Any,
    keys: Any = None,
    links: Any = None,
    known: Any = None,
) -> Any:
    pages = translations(keys, links)
    return _public(pages if known is None else pages.exclude(pk__in=known), models, now)


@kept
def public_lists() -> dict[str, list[Version]]:
    """Returns the public lists of records of all sites, by type, oldest first: one query."""
    if not apps.is_installed("v2v_pages"):
        return {}
    models = [apps.get_model("v2v_pages", name) for name in INDEX_PAGES]
    types = ContentType.objects.get_for_models(*models)
    names = {kind.pk: model.__name__ for model, kind in types.items()}
    lists: dict[str, list[Version]] = defaultdict(list)
    for kind, *row in _lists(tuple(sorted(names)), now=timezone.now()):
        lists[names[kind]].append(Version(*row))
    return dict(lists)


@prepared
def _lists(types: tuple[int, ...], *, now: Any) -> Any:
    pages = Page.objects.filter(content_type__in=types)
    return _public(pages, (), now, "content_type_id")


@prepared
def _keys_of(*, pages: Any) -> Any:
    return Page.objects.filter(pk__in=pages).order_by().values_list("pk", "translation_key")


def _public(pages: Any, models: tuple[type[Page], ...], now: Any, *more: str) -> Any:
    """Keeps the public pages; returns rows of what a ``Version`` holds, behind ``more``."""
    rows = published_public(pages, now=now).annotate(
        language=F("locale__language_code"),
        origin=_first(models, "translation_origin", Value("")),
        changed_at=_first(models, "original_changed_at", Value(None, output_field=DateTimeField())),
    )
    return rows.order_by("pk").values_list(*more, *Version._fields)


def _first(models: Iterable[type[Page]], field: str, otherwise: Value) -> Any:
    """Returns the field of whichever of these types a page is."""
    found = [
        F(f"{model._meta.get_ancestor_link(Page).related_query_name()}__{field}")
        for model in models
        if any(own.name == field for own in model._meta.local_fields)
        and not model._meta.get_ancestor_link(Page).remote_field.hidden
    ]
    return Coalesce(*found, otherwise) if found else otherwise
