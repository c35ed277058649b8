"""Looks at what a block of code leaves in the log of changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from communication.syndication.models import Change, ContentVersion
from v2v_snippets.publication.changes import recording_changes

Told = set[tuple[str, str, str, str]]
"""Title or identifier, language, operation and reason of each change."""


class Record:
    """What was recorded, once the block is over."""

    def __init__(self) -> None:
        self.told: Told = set()
        self.moved_by = 0


@contextmanager
def recorded(*pages: Any) -> Iterator[Record]:
    """Records the changes of a block; ``pages`` are told by their titles of before it."""
    names = {page.translation_key: page.title for page in pages}
    record, before = Record(), counter()
    with recording_changes():
        yield record
    record.told = told_since(before, names)
    record.moved_by = counter() - before


def told_since(before: int, names: dict[Any, str]) -> Told:
    """Returns the changes behind a number."""
    changes = Change.objects.filter(sequence__gt=before)
    fields = ("public_id", "locale", "operation", "reason")
    return {(names.get(key, str(key)), *rest) for key, *rest in changes.values_list(*fields)}


def counter() -> int:
    """Returns the content version."""
    return ContentVersion.objects.get().counter


def publish_and_fail(page: Any) -> None:
    """Publishes a page as it is stored.

    Raises:
        ZeroDivisionError: afterwards.
    """
    type(page).objects.get(pk=page.pk).save_revision().publish()
    raise ZeroDivisionError


def block(kind: str, value: Any) -> dict[str, Any]:
    """Returns a block as a body stores it."""
    return {"type": kind, "value": value, "id": kind}


def shown(*titles: str) -> Told:
    """Returns what is told of English pages of these titles that show something else."""
    return {(title, "en", "upsert", "dependency") for title in titles}
