"""Tags, authors and twinnings of all pages of one type at once."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from wagtail.models import Page

from v2v_pages.related import Named, NamedByPages, named_by_each
from v2v_snippets.keeping import facts_of
from v2v_snippets.models import Partner
from v2v_snippets.prepared import prepared

READ_TOGETHER: Final = ("authors", "hosts", "tags", "twinnings")
"""Relations that one query reads: those of them that are wanted."""


class Relations:
    """What the pages of one type are related to, by the primary key of the page."""

    def __init__(self, model: type[Page], pages: Collection[Any], wanted: Collection[str]) -> None:
        """Takes pages of one type, and the relations that will be asked for."""
        self._model = model
        self._pages = [page.pk for page in pages]
        self._wanted = wanted
        self._records: dict[str, dict[int, list[Any]]] = {}

    @cached_property
    def tags(self) -> dict[int, list[Any]]:
        """The tags, by name."""
        return {
            page: sorted(tags, key=attrgetter("name", "pk"))
            for page, tags in self._named("tags").items()
        }

    @cached_property
    def authors(self) -> dict[int, list[Any]]:
        """The partners who wrote, with their countries, by name."""
        return self._partners("authors")

    @cached_property
    def hosts(self) -> dict[int, list[Any]]:
        """The partners who invite, with their countries, by name."""
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
        """The primary keys of the twinnings."""
        pairs = self._named("twinnings")
        return {page: sorted(pair.pk for pair in named) for page, named in pairs.items()}

    def records(self, name: str) -> dict[int, list[Any]]:
        """Returns the records that a field of the pages names, in their order: one query."""
        if name not in self._records:
            rows, page, record = self._joined(name)
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

    def _joined(self, name: str) -> tuple[Any, str, str]:
        """Returns the rows that join pages and records, and the names of both keys in them."""
        field: Any = self._model._meta.get_field(name)
        page, record = field.m2m_field_name(), field.m2m_reverse_field_name()
        rows = field.remote_field.through._default_manager.filter(**{f"{page}__in": self._pages})
        return rows, page, record

    def _partners(self, name: str) -> dict[int, list[Any]]:
        named = self._named(name)
        known = partners({partner.pk for each in named.values() for partner in each})
        return {
            page: sorted(
                (known[each.pk] for each in partners_of_page if each.pk in known),
                key=attrgetter("short_name", "pk"),
            )
            for page, partners_of_page in named.items()
        }

    def _named(self, relation: str) -> dict[int, list[Named]]:
        """Returns what each page names by one relation."""
        found = self._all_named[relation]
        return {page: found.get(page, []) for page in self._pages}

    @cached_property
    def _all_named(self) -> NamedByPages:
        """What the pages name by all relations that are wanted: one query."""
        has = {field.name for field in self._model._meta.many_to_many}
        wanted = [name for name in READ_TOGETHER if name in has and name in self._wanted]
        return named_by_each(self._model, self._pages, wanted)


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

    def __init__(self, model: type[Page], pages: Collection[Any], wanted: Collection[str]) -> None:
        super().__init__(model, pages, wanted)
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
