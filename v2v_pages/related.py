"""What pages name: partners, twinnings, tags, all read in one query that is put together once.

A draft holds its relations itself, and they may be others than those in the database; so does a
page in a list, whose relations were loaded for all of them at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Value
from wagtail.models import Page

from v2v_snippets.prepared import one_of, prepared


class Named(NamedTuple):
    """One record that a page names; slug and name are told of tags alone."""

    relation: str
    page: int
    """Primary key of the page."""
    place: int
    """Primary key of the row that joins them, so that they stand in the order of being named."""
    pk: int
    slug: str
    name: str


NamedByPages = dict[str, dict[int, list[Named]]]
"""By relation, then by the primary key of the page; a page that names nothing has no entry."""


def named_by(page: Any, *relations: str) -> dict[str, list[Named]]:
    """Returns what a stored page names, by relation: one query.

    Args:
        page: The page.
        relations: Names of many-to-many fields; "tags" for its tags.
    """
    found = named_by_each(type(page), [page.pk], relations)
    return {relation: found[relation].get(page.pk, []) for relation in relations}


def named_by_each(
    model: type[Page], pages: Sequence[int], relations: Sequence[str]
) -> NamedByPages:
    """Returns what stored pages of one type name: one query, if there is anything to ask.

    Args:
        model: The type.
        pages: Primary keys of the pages.
        relations: As for ``named_by``.
    """
    found: NamedByPages = {relation: defaultdict(list) for relation in relations}
    rows = _named(model, tuple(relations), pages=pages) if pages and relations else []
    for row in sorted(map(Named._make, rows)):
        found[row.relation][row.page].append(row)
    return found


def holds_itself(page: Any, name: str) -> bool:
    """Tells whether a page knows a relation without the database, which may know another one."""
    known: dict[str, Any] = page.__dict__
    held = known.get("_cluster_related_objects", {}), known.get("_prefetched_objects_cache", {})
    return page.pk is None or any(name in relations for relations in held)


@prepared
def _named(model: type[Page], relations: Sequence[str], *, pages: Any) -> Any:
    first, *others = (_rows(model, relation, pages) for relation in relations)
    return first.union(*others, all=True)


def _rows(model: type[Page], relation: str, pages: Any) -> Any:
    """Returns a query for what ``Named`` holds."""
    field: Any = model._meta.get_field(relation)
    rows = field.remote_field.through._default_manager.order_by()
    nothing, which = Value("", output_field=CharField()), Value(relation, output_field=CharField())
    if relation == "tags":
        tagged = rows.filter(one_of("content_object_id", pages))
        return tagged.values_list(
            which, "content_object_id", "pk", "tag_id", "tag__slug", "tag__name"
        )
    page, record = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    named = rows.filter(one_of(page, pages))
    return named.values_list(which, page, "pk", record, nothing, nothing)
