"""Keeps the search index in step with what editors publish, withdraw, change and delete.

Nothing is to be done where a page moves, is restricted, or passes its dates: who may read it is
asked when somebody searches.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from v2v_snippets.signals import concepts_written

from ..services.indexing import forget_page, forget_records, index_page, index_records_later
from .records import register_records
from .sources import sources

register_records()


@receiver(page_published)
def index_published(instance: Any, **kwargs: Any) -> None:
    """What was published can be found in the same transaction."""
    index_page(page=instance)


@receiver(page_unpublished)
def forget_unpublished(instance: Any, **kwargs: Any) -> None:
    """What was withdrawn is forgotten; deleted pages take their rows with them."""
    forget_page(page=instance)


@receiver([post_save, post_delete])
def index_changed_record(sender: Any, instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    """A record is read again when it, or one of its texts, was saved or deleted."""
    for kind, source in sources().items():
        if sender in source.watched and not raw:
            index_records_later(kind=kind, pk=getattr(instance, source.watched[sender]))


@receiver(concepts_written)
def index_imported_concepts(sender: Any, keys: list[int], **kwargs: Any) -> None:
    """Concepts that an import wrote are read again, as if each had been saved."""
    for kind, source in sources().items():
        if sender in source.watched:
            for pk in keys:
                index_records_later(kind=kind, pk=pk)


@receiver(post_delete)
def forget_deleted_record(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A deleted record leaves no row behind."""
    for kind, source in sources().items():
        if source.watched.get(sender) == "pk":
            forget_records(kind=kind, keys=[source.key_of(instance)])
