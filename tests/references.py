"""Keeps Wagtail's index of references current with less work than at each save of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)
from wagtail.tasks import update_reference_index_task


@contextmanager
def references_noted_once(page: Page) -> Iterator[None]:
    """Notes what a new page refers to at the end of a block instead of at each of its saves."""
    if getattr(reference_index_auto_update_disabled, "value", False):
        yield
        return
    with disable_reference_index_auto_update():
        yield
    kind = page._meta
    update_reference_index_task.enqueue(kind.app_label, kind.model_name, str(page.pk))
