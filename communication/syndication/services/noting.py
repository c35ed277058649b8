"""Notes rows that have changed, by what readers see of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from ..dependants import referrers, shown_with
from ..enums import ChangeReason
from ..notes import Notes, Target
from ..watched import base_model, file_models, owner_key, owner_model, parental_key
from .recording import noting


def note_row(*, row: Any) -> None:
    """Notes a row that was saved, or whose relations were."""
    with noting() as notes:
        _note(notes, row)


def note_former(*, row: Any) -> None:
    """Notes what shows a row that is about to be another one, and may not when it is."""
    found = shown_with(row)
    if found:
        with noting() as notes:
            notes.records |= found


def note_deletion(*, row: Any) -> None:
    """Notes a row that is about to be deleted, and what shows it: a query for each way to do so."""
    with noting() as notes:
        _note(notes, row)
        if not _is_told_by_another(row):
            notes.referrers |= referrers([_target(type(row), row.pk)])


def note_move(*, page: Page) -> None:
    """Notes a page that stands elsewhere, or in another order, with all below it."""
    with noting() as notes:
        notes.pages[page.pk] = ChangeReason.MOVED
        notes.roots[page.pk] = ChangeReason.MOVED
        notes.is_moving = True  # menus have another order


def note_records(*, model: type[Model], keys: Iterable[Any]) -> None:
    """Notes rows that were changed past ``save()``."""
    with noting() as notes:
        if issubclass(model, Page):
            notes.pages = dict.fromkeys(keys, ChangeReason.OWN) | notes.pages
        else:
            notes.is_moving = True
            notes.records |= {_target(model, key) for key in keys}


def _note(notes: Notes, row: Any) -> None:
    kind: Any = type(row)
    owner, key = owner_model(kind), owner_key(row)
    if issubclass(owner, Page):
        if key is not None:
            notes.pages.setdefault(key, ChangeReason.OWN)
        return
    notes.is_moving = True
    notes.records |= {_target(owner, key), _target(kind, row.pk)} | shown_with(row)
    match row:
        case PageViewRestriction():
            notes.roots[row.page_id] = ChangeReason.RESTRICTED
        case CollectionViewRestriction():
            notes.records |= _files_in(row.collection_id)
        case Collection():
            notes.records |= _files_in(row.pk)
        case Locale() | Site():
            notes.is_whole = True


def _is_told_by_another(row: Any) -> bool:
    """Tells whether a row goes with a page whose own type is deleted in the same breath."""
    if type(row) is Page:
        return row.specific_class not in {None, Page}
    kind: Any = type(row)
    return parental_key(kind) is not None and issubclass(owner_model(kind), Page)


def _files_in(collection: int) -> set[Target]:
    """Returns the images and documents in a collection and those below it."""
    path = Collection.objects.filter(pk=collection).values_list("path", flat=True).first()
    if path is None:
        return set()
    found: set[Target] = set()
    for model in file_models():
        files = model._default_manager.filter(collection__path__startswith=path)
        found |= {_target(model, key) for key in files.values_list("pk", flat=True)}
    return found


def _target(model: type[Model], key: Any) -> Target:
    return base_model(model), str(key)
