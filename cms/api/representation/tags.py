"""Tags with the number of public items that have them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ForeignKey, Model, Q, QuerySet
from taggit.managers import TaggableManager
from taggit.models import Tag
from wagtail.api import APIField
from wagtail.models import Page

from .kinds import content_types
from .library import Library

Public = Callable[[type[Page]], Any]
"""Returns the public pages of one type."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A page type that gives out its tags, its name, and the rows that link it with tags."""

    name: str
    model: type[Page]
    links: type[Model]


def tagged_types() -> Iterator[Tagged]:
    """Yields the page types whose items name their tags."""
    for name, models in content_types().items():
        for model in models:
            given_out = {field.name for field in APIField.get_fields_for_model(model)}
            for field in model._meta.many_to_many:
                if isinstance(field, TaggableManager) and field.name in given_out:
                    links = field.remote_field.through
                    is_plain = isinstance(links._meta.get_field("content_object"), ForeignKey)
                    if is_plain and links.tag_model() is Tag:
                        yield Tagged(name, model, links)


def tags_in_use(public: Public) -> "QuerySet[Tag]":
    """Returns the tags of public items."""
    used = Q(pk__in=())
    for tagged in tagged_types():
        rows = tagged.links._default_manager.filter(content_object__in=_keys(public, tagged))
        used |= Q(pk__in=rows.values("tag"))
    return Tag.objects.filter(used)


class TagUses:
    """How often the tags of one answer are used: one query a type, whatever their number."""

    def __init__(self, tags: Collection[Tag], public: Public) -> None:
        self._uses: dict[int, dict[str, int]] = defaultdict(dict)
        for tagged in tagged_types():
            rows = tagged.links._default_manager.filter(
                content_object__in=_keys(public, tagged), tag__in=[tag.pk for tag in tags]
            )
            counts = rows.order_by().values("tag").annotate(uses=Count("content_object"))
            for row in counts:
                uses = self._uses[row["tag"]]
                uses[tagged.name] = uses.get(tagged.name, 0) + row["uses"]

    def of(self, tag: Tag) -> dict[str, int]:
        """Returns the number of items by type."""
        return self._uses.get(tag.pk, {})


def write_tags(
    tags: Collection[Tag], uses: TagUses, library: Library, fields: Collection[str]
) -> list[dict[str, Any]]:
    """Returns the tags as items."""
    written = []
    for tag in tags:
        counts = uses.of(tag)
        item = {
            "slug": tag.slug,
            "name": tag.name,
            "url": _url(tag, library) if "url" in fields and "news" in counts else "",
            "count": sum(counts.values()),
            "types": [{"type": name, "count": count} for name, count in sorted(counts.items())],
        }
        written.append({name: item[name] for name in fields})
    return written


def _url(tag: Tag, library: Library) -> str:
    return library.schools.url("NewsIndexPage", f"tag/{tag.slug}")


def _keys(public: Public, tagged: Tagged) -> Any:
    return public(tagged.model).order_by().values("pk")
