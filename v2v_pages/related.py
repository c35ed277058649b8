"""What a page names, read by queries that are put together once.

A draft holds its relations itself, and they may be others than those in the database; so does a
page in a list, whose relations were loaded for all of them at once.
"""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from v2v_snippets.prepared import prepared


def related(page: Any, name: str) -> list[Any]:
    """Returns the records of a many-to-many field, in the order of their model."""
    if holds_itself(page, name):
        return list(getattr(page, name).all())
    return _records(type(page), name, page=page.pk)


def related_keys(page: Any, name: str) -> set[int]:
    """Returns the primary keys of the records of a many-to-many field."""
    if holds_itself(page, name):
        return {record.pk for record in getattr(page, name).all()}
    return set(_keys(type(page), name, page=page.pk))


def tags_of(page: Any) -> list[Any]:
    """Returns the tags of a page, in the order in which it got them."""
    if holds_itself(page, "tagged_items"):
        return list(page.tags.all())
    return [row.tag for row in _tagged(type(page), page=page.pk)]


def holds_itself(page: Any, name: str) -> bool:
    """Tells whether a page knows a relation without the database, which may know another one."""
    known: dict[str, Any] = page.__dict__
    held = known.get("_cluster_related_objects", {}), known.get("_prefetched_objects_cache", {})
    return page.pk is None or any(name in relations for relations in held)


@prepared
def _records(model: type[Page], name: str, *, page: Any) -> "QuerySet[Any]":
    field: Any = model._meta.get_field(name)
    keys = _keys_of(field, page)
    records: QuerySet[Any] = field.related_model._default_manager.filter(pk__in=keys)
    return records


@prepared
def _keys(model: type[Page], name: str, *, page: Any) -> Any:
    return _keys_of(model._meta.get_field(name), page)


def _keys_of(field: Any, page: Any) -> Any:
    rows = field.remote_field.through._default_manager.filter(**{field.m2m_field_name(): page})
    return rows.values_list(field.m2m_reverse_field_name(), flat=True)


@prepared
def _tagged(model: type[Page], *, page: Any) -> "QuerySet[Any]":
    through: Any = model._meta.get_field("tags").remote_field.through
    rows: QuerySet[Any] = through._default_manager.filter(content_object=page)
    return rows.select_related("tag").order_by("pk")
