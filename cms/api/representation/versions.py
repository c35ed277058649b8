"""In which languages pages exist: alternates, targets of links, lists of records."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page

from v2v_snippets.publication.languages import best_version
from v2v_snippets.publication.published import published_public

from .addresses import Addresses

INDEX_PAGES: Final = (
    "TwinningIndexPage",
    "PartnerIndexPage",
    "NewsIndexPage",
    "GlossaryIndexPage",
    "RepositoryIndexPage",
)


class Versions:
    """The public versions of all pages that one answer is about or leads to: two queries."""

    def __init__(
        self,
        addresses: Addresses,
        *,
        keys: Collection[UUID] = (),
        links: Collection[int] = (),
        models: Iterable[type[Page]] = (),
    ) -> None:
        """Loads them.

        Args:
            addresses: Of the site.
            keys: Translation keys of the pages whose alternates are wanted.
            links: Primary keys of the pages that are linked to.
            models: The types of the former, which know where their texts come from.
        """
        self._addresses = addresses
        self._key_of: dict[int, UUID] = {}
        self._links: dict[tuple[int, str], dict[str, Any] | None] = {}
        if links:
            linked = Page.objects.filter(pk__in=links)
            self._key_of.update(linked.values_list("pk", "translation_key"))
        self._by_key: dict[UUID, list[Any]] = defaultdict(list)
        self._lists: dict[str, list[Any]] = defaultdict(list)
        lists = _lists_of_records()
        wanted = Q(translation_key__in={*keys, *self._key_of.values()})
        if lists:
            wanted |= Q(content_type__in=list(lists))
        for page in _public(Page.objects.filter(wanted), models):
            self._by_key[page.translation_key].append(page)
            if page.content_type_id in lists:
                self._lists[lists[page.content_type_id]].append(page)

    def of(self, key: UUID) -> list[Any]:
        """Returns the public versions of a page, oldest first, each with its ``origin``."""
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

    def list_url(self, name: str, language: str) -> str:
        """Returns the address of a list such as "PartnerIndexPage"; "" where there is none."""
        here = [page for page in self._lists[name] if self._addresses.of_page(page, language)]
        best = best_version(here, language)
        return self._addresses.of_page(best, language) if best else ""


def _lists_of_records() -> dict[int, str]:
    if not apps.is_installed("v2v_pages"):
        return {}
    models = {apps.get_model("v2v_pages", name): name for name in INDEX_PAGES}
    types = ContentType.objects.get_for_models(*models)
    return {types[model].pk: name for model, name in models.items()}


def _public(pages: "QuerySet[Page]", models: Iterable[type[Page]]) -> Any:
    """Keeps the public pages and adds what each type knows of its text.

    That is where it comes from ("" where unknown) and since when its original is another.
    """
    models = list(models)
    public = published_public(pages).select_related("locale")
    return public.annotate(
        origin=_first(models, "translation_origin", Value("")),
        changed_at=_first(models, "original_changed_at", Value(None, output_field=DateTimeField())),
    ).order_by("pk")


def _first(models: Iterable[type[Page]], field: str, otherwise: Value) -> Any:
    """Returns the field of whichever of these types a page is."""
    found = [
        F(f"{model._meta.get_ancestor_link(Page).related_query_name()}__{field}")
        for model in models
        if any(own.name == field for own in model._meta.local_fields)
        and not model._meta.get_ancestor_link(Page).remote_field.hidden
    ]
    return Coalesce(*found, otherwise) if found else otherwise
