"""Notes what others tell of changes, Django of rows, Wagtail of moves; counts beside a request."""

from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.signals import page_published, page_unpublished, post_page_move

from v2v_snippets.signals import concepts_written, rows_written

from .services.noting import (
    note_deletion,
    note_former,
    note_move,
    note_records,
    note_row,
)
from .services.starting import move_after_migrations
from .services.usage import counter
from .watched import BOOKKEEPING, is_content


@receiver(pre_save)
def note_to_be_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A school that a pair leaves shows another pair, or none."""
    if is_content(sender):
        note_former(row=instance)


@receiver(post_save)
def note_saved(
    sender: Any, instance: Any, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """What was saved may be read otherwise; a draft of it may not."""
    if is_content(sender) and not (update_fields and update_fields <= BOOKKEEPING):
        note_row(row=instance)


@receiver(pre_delete)
def note_to_be_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """What will be gone is asked what shows it while that is known."""
    if is_content(sender):
        note_deletion(row=instance)


@receiver(m2m_changed)
def note_related(instance: Any, action: str, **kwargs: Any) -> None:
    """What names other records than before shows others."""
    kind: Any = type(instance)
    if action.startswith("post_") and is_content(kind):
        note_row(row=instance)


@receiver([page_published, page_unpublished])
def note_published(instance: Any, **kwargs: Any) -> None:
    """What other receivers have written since the page was saved counts, too."""
    note_row(row=instance)


@receiver(post_page_move)
def note_moved(instance: Any, **kwargs: Any) -> None:
    """A page moves with all below it."""
    note_move(page=instance)


@receiver(concepts_written)
def note_imported_concepts(sender: Any, keys: list[int], **kwargs: Any) -> None:
    """Concepts that an import wrote are others, as if each had been saved."""
    note_records(model=sender, keys=keys)


@receiver(rows_written)
def note_written_rows(sender: Any, keys: list[Any], **kwargs: Any) -> None:
    """Rows that a query changed are others, as if each had been saved."""
    note_records(model=sender, keys=keys)


@receiver(post_delete, sender=get_image_model().get_rendition_model())
def note_deleted_rendition(instance: Any, **kwargs: Any) -> None:
    """An image without one of its versions is shown otherwise; who makes them says so itself."""
    note_records(model=get_image_model(), keys=[instance.image_id])


@receiver(post_migrate)
def start_after_migrations(
    sender: AppConfig, using: str, plan: list[Any] | None = None, **kwargs: Any
) -> None:
    """What is public when the tables come is known from then on."""
    if sender.label == "communication_syndication":
        move_after_migrations(using=using, has_migrated=bool(plan))


@receiver(request_finished, dispatch_uid="communication_syndication.write_usage")
def write_usage(sender: Any, **kwargs: Any) -> None:
    """Writes the usage of keys once an answer has gone out, so that nobody waits for it."""
    counter.write_if_due()
