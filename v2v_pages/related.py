"""What a page names: partners, twinnings, tags, all read in one query that is put together once.

A draft holds its relations itself, and they may be others than those in the database; so does a
page in a list, whose relations were loaded for all of them at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Value
from wagtail.models import Page

from v2v_snippets.prepared import prepared


class Named(NamedTuple):
    """One record that a page names; slug and name are told of tags alone."""

    relation: str
    place: int
    """Primary key of the row that joins them, so that they stand in the order of being named."""
    pk: int
    slug: str
    name: str


def named_by(page: Any, *relations: str) -> dict[str, list[Named]]:
    """Returns what a stored page names, by relation: one query.

    Args:
        page: The page.
        relations: Names of many-to-many fields; "tags" for its tags.
    """
    found: dict[str, list[Named]] = defaultdict(list)
    for row in sorted(map(Named._make, _named(type(page), relations, page=page.pk))):
        found[row.relation].append(row)
    return found


def holds_itself(page: Any, name: str) -> bool:
    """Tells whether a page knows a relation without the database, which may know another one."""
    known: dict[str, Any] = page.__dict__
    held = known.get("_cluster_related_objects", {}), known.get("_prefetched_objects_cache", {})
    return page.pk is None or any(name in relations for relations in held)


@prepared
def _named(model: type[Page], relations: Sequence[str], *, page: Any) -> Any:
    first, *others = (_rows(model, relation, page) for relation in relations)
    return first.union(*others, all=True)


def _rows(model: type[Page], relation: str, page: Any) -> Any:
    """Returns a query for what ``Named`` holds."""
    field: Any = model._meta.get_field(relation)
    rows = field.remote_field.through._default_manager.order_by()
    nothing, which = Value("", output_field=CharField()), Value(relation, output_field=CharField())
    if relation == "tags":
        tagged = rows.filter(content_object=page)
        return tagged.values_list(which, "pk", "tag_id", "tag__slug", "tag__name")
    named = rows.filter(**{field.m2m_field_name(): page})
    return named.values_list(which, "pk", f"{field.m2m_reverse_field_name()}_id", nothing, nothing)
