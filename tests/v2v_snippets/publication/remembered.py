"""A recorder that says how each block ended."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

RECORDED: list[str] = []


@contextmanager
def remember() -> Iterator[None]:
    """Opens a transaction, and notes whether it came to its end."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        RECORDED.append("failed")
        raise
    RECORDED.append("done")
