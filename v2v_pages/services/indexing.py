"""Keeps the search index in step with what is published."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Final

from asgiref.local import Local
from django.db import transaction
from wagtail.models import Page, get_page_models

from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.signals import rows_written

from ..models.search_entries import SearchEntry
from ..search.pages import page_document
from ..search.sources import SearchDocument, page_kind, sources

BATCH: Final = 200
"""How many rows are written at once."""

_waiting: Final = Local()
"""Records that were changed in the transaction of this thread: sets of keys, by kind."""

Progress = Callable[[str, int], None]
"""Is told what is being indexed, and how many rows of it are written."""


def index_page(*, page: Page) -> SearchEntry | None:
    """Writes the row of a page, or takes it away; returns the row."""
    document = page_document(page.specific)
    if document is None:
        forget_page(page=page)
        return None
    [entry] = _write([document])
    # written before under another kind or language
    SearchEntry.objects.filter(page=page.pk).exclude(
        kind=document.kind, key=document.key, language=document.language
    ).delete()
    return entry


def forget_page(*, page: Page) -> int:
    """Takes the row of a page away; returns how many there were."""
    return SearchEntry.objects.filter(page=page.pk).delete()[0]


@transaction.atomic
def index_records(*, kind: str, pks: Collection[Any]) -> int:
    """Writes the rows of some records of one kind anew; returns how many there are."""
    source = sources()[kind]
    SearchEntry.objects.filter(kind=kind, key__in=source.keys(pks)).delete()
    return _write_all(source.documents(pks))


def index_records_later(*, kind: str, pk: Any) -> None:
    """Has a record indexed when the transaction is done, once, however many of its rows change."""
    waiting: dict[str, set[Any]] = _waiting.__dict__.setdefault("changed", {})
    waiting.setdefault(kind, set()).add(pk)
    transaction.on_commit(_index_waiting)


def _index_waiting() -> None:
    """Indexes what is waiting; what a transaction that failed left behind does no harm."""
    waiting: dict[str, set[Any]] = _waiting.__dict__.pop("changed", {})
    for kind, pks in waiting.items():
        rows = iter(sorted(pks))
        while batch := list(islice(rows, BATCH)):
            with recording_changes():
                index_records(kind=kind, pks=batch)


def forget_records(*, kind: str, keys: Collection[str]) -> int:
    """Takes away the rows of records by their public identifiers."""
    return SearchEntry.objects.filter(kind=kind, key__in=keys).delete()[0]


@recording_changes()
def rebuild_index(progress: Progress | None = None) -> int:
    """Writes the whole index anew, while readers search in the old one.

    Returns:
        How many rows it has.
    """
    SearchEntry.objects.all().delete()
    total = 0
    for label, documents in _everything():
        total += _write_all(documents, partial(progress, label) if progress else None)
    return total


def _everything() -> Iterator[tuple[str, Iterator[SearchDocument]]]:
    """Yields what there is to index, kind by kind."""
    for model in get_page_models():
        if page_kind(model):
            yield str(model._meta.verbose_name_plural), _documents_of(model)
    for source in sources().values():
        yield str(source.label), source.documents()


def _documents_of(model: type[Page]) -> Iterator[SearchDocument]:
    pages = model._default_manager.filter(alias_of=None, live=True).select_related("locale")
    if hasattr(model, "tagged_items"):
        pages = pages.prefetch_related("tagged_items__tag")
    for page in pages.order_by("pk").iterator(chunk_size=BATCH):
        if page.specific_class is model and (document := page_document(page)):
            yield document


def _write_all(
    documents: Iterable[SearchDocument], progress: Callable[[int], Any] | None = None
) -> int:
    rows, written = iter(documents), 0
    while batch := list(islice(rows, BATCH)):
        written += len(_write(batch))
        if progress:
            progress(written)
    return written


def _write(documents: list[SearchDocument]) -> list[SearchEntry]:
    unique = ["kind", "key", "language"]
    fields = [field.name for field in SearchEntry._meta.fields if not field.primary_key]
    rows_written.send(sender=SearchEntry, keys=[])
    return SearchEntry.objects.bulk_create(
        [document.entry() for document in documents],
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[name for name in fields if name not in unique],
    )
