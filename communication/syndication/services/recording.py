"""Notes what a transaction changes, and has it compared and numbered at its end.

``recorder`` is what ``V2V_CHANGE_RECORDER`` names. What is changed outside of it, in a shell or by
code that knows nothing of it, is recorded in a little transaction of its own after the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from weakref import ref

from asgiref.local import Local
from django.db import transaction

from ..notes import Notes
from .change_log import record_changes

_recording: ContextVar[Notes | None] = ContextVar("recording", default=None)
_later: Final = Local()
"""Of this thread: a weak reference to what its transaction will do after the commit."""


@contextmanager
def recorder() -> Iterator[None]:
    """Opens a transaction, and records at its end what was changed inside.

    Within another one it adds to that one's notes; what fails inside is taken back from them.
    """
    outer = _recording.get()
    if outer is not None:
        with _taken_back_from(outer), transaction.atomic():
            yield
        return
    notes = Notes()
    with transaction.atomic():
        token = _recording.set(notes)
        try:
            yield
        finally:
            _recording.reset(token)
        if not transaction.get_rollback():
            record_changes(notes=notes)


@contextmanager
def noting() -> Iterator[Notes]:
    """Lets the block add to the notes of this transaction."""
    recording = _recording.get()
    if recording is not None:
        yield recording
        return
    known = getattr(_later, "current", None)
    later = known() if known is not None else None
    if later is not None:
        yield later.notes
        return
    later = _Later()
    yield later.notes
    _later.current = ref(later)
    transaction.on_commit(later, robust=True)


class _Later:
    """Records after the commit. Only the transaction holds it: it goes with one that fails."""

    def __init__(self) -> None:
        self.notes = Notes()

    def __call__(self) -> None:
        _later.current = None
        record_changes(notes=self.notes)


@contextmanager
def _taken_back_from(notes: Notes) -> Iterator[None]:
    before = notes.copy()
    try:
        yield
    except BaseException:
        notes.go_back_to(before)
        raise
