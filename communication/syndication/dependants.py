"""Which pages show what has changed.

Wagtail's reference index knows fields, blocks and links in texts. What it leaves out, fields that
name several records or one that no other names, and tags, is asked of their tables. A block that
shows whatever records there are is noted there under ``ANY_RECORD``.

What shows a record shows, besides, what it names, where its model says so in
``shows_what_it_names``: a pair its schools, a process the steps of its modules. It shows what names
the record, too, where that says so in ``shown_with``: a school its pair. Pages whose type says
``quotes_pages`` repeat the words of those that they name, as an issue of a newsletter does; others
only their titles and addresses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from django.contrib.admin.utils import get_fields_from_path
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField
from taggit.models import ItemBase
from wagtail.models import Page, ReferenceIndex, get_page_models

from v2v_snippets.publication.files import ANY_RECORD

from .notes import Target
from .public_items import MANY, batched, versions_of
from .watched import base_model, is_content, owner_model, owner_path

SHOWS_WHAT_IT_NAMES: Final = "shows_what_it_names"
QUOTES_PAGES: Final = "quotes_pages"
SHOWN_WITH: Final = "shown_with"


def referrers(targets: Iterable[Target]) -> set[Target]:
    """Returns the pages and records that name any of these: one query for each way to do so."""
    by_model: dict[type[Model], set[str]] = defaultdict(set)
    for model, key in targets:
        by_model[model].add(key)
    found: set[Target] = set()
    for model, keys in by_model.items():
        for some in batched([*keys, ANY_RECORD], MANY):
            found.update(_in_index(model, some))
            found.update(_in_tables(model, [key for key in some if key != ANY_RECORD]))
    return found


def pages_showing(changed: Iterable[Target], found: Iterable[Target] = ()) -> set[int]:
    """Returns the primary keys of the pages that show any of these records, files or pages.

    Args:
        changed: What has changed.
        found: What is known to have named something that is gone.
    """
    seen = set(changed)
    waiting = referrers(seen) | set(found)
    pages: set[int] = set()
    while waiting := waiting - seen:
        seen |= waiting
        pages |= {int(key) for model, key in waiting if model is Page}
        waiting = referrers(_passed_on(waiting))
    return pages


def _passed_on(targets: set[Target]) -> set[Target]:
    """Returns those whose own content is part of what names them, with their translations."""
    records = {
        target
        for target in targets
        if target[0] is not Page and getattr(target[0], SHOWS_WHAT_IT_NAMES, False)
    }
    return records | whole_pages(int(key) for model, key in targets if model is Page)


def whole_pages(pages: Iterable[int]) -> set[Target]:
    """Returns those of the pages that others show as a whole, with their translations."""
    kinds = _page_types_that(SHOWS_WHAT_IT_NAMES)
    found: dict[int, Any] = {}
    for some in batched(pages, MANY) if kinds else ():
        whole = Page.objects.filter(pk__in=some, content_type__in=kinds).order_by()
        found.update(whole.values_list("pk", "translation_key"))
    return page_targets(versions_of(found, found.values()))


def pages_quoting(pages: Iterable[int]) -> set[int]:
    """Returns the pages that repeat words of any of these, whichever translation they name."""
    kinds = _page_types_that(QUOTES_PAGES)
    found: set[int] = set()
    for some in batched(pages, MANY) if kinds else ():
        keys = Page.objects.filter(pk__in=some).order_by().values_list("translation_key", flat=True)
        named_by = referrers(page_targets(versions_of(some, keys)))
        for few in batched((int(key) for model, key in named_by if model is Page), MANY):
            quoting = Page.objects.filter(pk__in=few, content_type__in=kinds).order_by()
            found.update(quoting.values_list("pk", flat=True))
    return found


def shown_with(row: Model) -> set[Target]:
    """Returns the records that show a row which names them: a query for each way to do so."""
    kind, found = type(row), set()
    for name in getattr(kind, SHOWN_WITH, ()):
        field = get_fields_from_path(kind, name)[-1]
        rows = kind._default_manager.filter(**{"pk": row.pk, f"{name}__isnull": False}).order_by()
        keys = rows.values_list(name, flat=True)
        found |= {(base_model(field.related_model), str(key)) for key in keys}
    return found


def page_targets(pages: Iterable[int]) -> set[Target]:
    """Returns pages as what may be named."""
    return {(Page, str(pk)) for pk in pages}


def _page_types_that(mark: str) -> list[ContentType]:
    models = [model for model in get_page_models() if getattr(model, mark, False)]
    return list(ContentType.objects.get_for_models(*models).values())


def _in_index(model: type[Model], keys: list[str]) -> Iterator[Target]:
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    rows = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys)
    for base, key in rows.values_list("base_content_type", "object_id").distinct():
        referrer = ContentType.objects.get_for_id(base).model_class()
        if referrer is not None:
            yield base_model(referrer), str(key)


def _in_tables(model: type[Model], keys: list[str]) -> Iterator[Target]:
    for field in _unindexed_fields(model):
        rows = field.model._default_manager.filter(**{f"{field.name}__in": keys}).order_by()
        owner = base_model(owner_model(field.model))
        for key in rows.values_list(owner_path(field.model), flat=True):
            yield owner, str(key)


@cache
def _unindexed_fields(model: type[Model]) -> tuple[Any, ...]:
    """Returns the fields by which content names rows of a model past Wagtail's index."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    fields = [relation.remote_field for relation in relations if _is_backward(relation)]
    return tuple(field for field in fields if is_content(field.model) and _is_unindexed(field))


def _is_backward(relation: Any) -> bool:
    return bool(relation.is_relation and relation.auto_created and not relation.concrete)


def _is_unindexed(field: Any) -> bool:
    match field:
        case ManyToManyField():
            return True
        case OneToOneField():
            return not field.remote_field.parent_link
        case ForeignKey():
            return issubclass(field.model, ItemBase)
        case _:
            return False
