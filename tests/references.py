"""Keeps Wagtail's index of references current with less work than at each save of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)


@contextmanager
def references_noted_once(page: Page) -> Iterator[None]:
    """Notes what a new page refers to at the end of a block instead of at each of its saves."""
    if getattr(reference_index_auto_update_disabled, "value", False):
        yield
        return
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(page)
