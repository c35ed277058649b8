"""Tags, authors and twinnings of all pages of one type at once."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, NamedTuple

from wagtail.models import Page

from v2v_snippets.keeping import facts_of
from v2v_snippets.models import Partner
from v2v_snippets.prepared import one_of, prepared


class Relations:
    """What the pages of one type are related to, by the primary key of the page."""

    def __init__(self, model: type[Page], pages: Collection[Any]) -> None:
        self._model = model
        self._pages = [page.pk for page in pages]
        self._records: dict[str, dict[int, list[Any]]] = {}

    @cached_property
    def tags(self) -> dict[int, list[Any]]:
        """The tags, by name: one query."""
        found: dict[int, list[Any]] = defaultdict(list)
        for page, slug, name in _tags(self._model, pages=self._pages):
            found[page].append(NamedTag(slug, name))
        return found

    @cached_property
    def authors(self) -> dict[int, list[Any]]:
        """The partners who wrote, with their countries, by name: one query."""
        return self._partners("authors")

    @cached_property
    def hosts(self) -> dict[int, list[Any]]:
        """The partners who invite, with their countries, by name: one query."""
        return self._partners("hosts")

    @cached_property
    def countries(self) -> dict[int, Any]:
        """The country of each page that has one, by the key of the country: one query."""
        field: Any = self._model._meta.get_field("country")
        named = self._model._default_manager.filter(pk__in=self._pages).order_by()
        keys = named.exclude(country=None).values("country")
        return {row.pk: row for row in field.related_model.objects.filter(pk__in=keys)}

    @cached_property
    def twinning_keys(self) -> dict[int, list[int]]:
        """The primary keys of the twinnings: one query."""
        found: dict[int, list[int]] = defaultdict(list)
        for page, key in _joined(self._model, "twinnings", pages=self._pages):
            found[page].append(key)
        return found

    def records(self, name: str) -> dict[int, list[Any]]:
        """Returns the records that a field of the pages names, in their order: one query."""
        if name not in self._records:
            rows, page, record = self._rows(name)
            found: dict[int, list[Any]] = defaultdict(list)
            target = rows.model._meta.get_field(record).related_model
            order = [f"{record}__{field}" for field in target._meta.ordering]
            for row in rows.select_related(record).order_by(*order, f"{record}_id"):
                found[getattr(row, f"{page}_id")].append(getattr(row, record))
            self._records[name] = found
        return self._records[name]

    def rows_below(self, name: str) -> dict[int, list[Any]]:
        """Returns the rows that belong to the pages, such as sources, in their order: one query."""
        if name not in self._records:
            relation: Any = self._model._meta.get_field(name)
            key = relation.field.attname
            found: dict[int, list[Any]] = defaultdict(list)
            rows = relation.related_model._default_manager.filter(**{f"{key}__in": self._pages})
            for row in rows.order_by("sort_order", "pk"):
                found[getattr(row, key)].append(row)
            self._records[name] = found
        return self._records[name]

    def _partners(self, name: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        rows = _joined(self._model, name, "short_name", pages=self._pages)
        known = partners({partner for _page, partner in rows})
        for page, partner in rows:
            found[page].append(known[partner])
        return found

    def _rows(self, name: str) -> tuple[Any, str, str]:
        """Returns the rows that join pages and records, and the names of both keys in them."""
        return _through(self._model, name, self._pages)


class NamedTag(NamedTuple):
    """What items tell of a tag."""

    slug: str
    name: str


@prepared
def _tags(model: type[Page], *, pages: Any) -> Any:
    through: Any = model._meta.get_field("tags").remote_field.through
    rows = through._default_manager.filter(one_of("content_object_id", pages))
    ordered = rows.order_by("tag__name", "tag_id")
    return ordered.values_list("content_object_id", "tag__slug", "tag__name")


@prepared
def _joined(model: type[Page], name: str, *order: str, pages: Any) -> Any:
    rows, page, record = _through(model, name, pages)
    ordered = rows.order_by(*(f"{record}__{field}" for field in order), f"{record}_id")
    return ordered.values_list(f"{page}_id", f"{record}_id")


def _through(model: type[Page], name: str, pages: Any) -> tuple[Any, str, str]:
    field: Any = model._meta.get_field(name)
    page, record = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.filter(one_of(f"{page}_id", pages))
    return rows, page, record


def partners(keys: Collection[int]) -> dict[int, Partner]:
    """Returns partners with their countries by key: one query for those not known yet."""
    known: dict[int, Partner] = facts_of(partners)
    if missing := sorted(set(keys) - known.keys()):
        known |= {partner.pk: partner for partner in _partners(keys=missing)}
    return known


@prepared
def _partners(*, keys: Any) -> Any:
    return Partner.objects.filter(pk__in=keys).select_related("country")


class DraftRelations(Relations):
    """What drafts are related to: not what the tables say, which is what has been published."""

    def __init__(self, model: type[Page], pages: Collection[Any]) -> None:
        super().__init__(model, pages)
        self._drafts = pages

    @cached_property
    def tags(self) -> dict[int, list[Any]]:
        """The tags, by name."""
        return self._of("tags", lambda tag: tag.name)

    @cached_property
    def countries(self) -> dict[int, Any]:
        """The country of each draft that has one, by the key of the country."""
        return {page.country_id: page.country for page in self._drafts if page.country_id}

    @cached_property
    def twinning_keys(self) -> dict[int, list[int]]:
        """The primary keys of the twinnings."""
        return {key: [one.pk for one in found] for key, found in self._of("twinnings").items()}

    def records(self, name: str) -> dict[int, list[Any]]:
        """Returns the records that a field of the drafts names."""
        return self._of(name)

    def rows_below(self, name: str) -> dict[int, list[Any]]:
        """Returns the rows that belong to the drafts, in their order."""
        return self._of(name, lambda row: row.sort_order or 0)

    def _partners(self, name: str) -> dict[int, list[Any]]:
        return self._of(name, lambda partner: partner.short_name)

    def _of(self, name: str, order: Callable[[Any], Any] | None = None) -> dict[int, list[Any]]:
        found = {page.pk: list(getattr(page, name).all()) for page in self._drafts}
        return {key: sorted(rows, key=order) if order else rows for key, rows in found.items()}
