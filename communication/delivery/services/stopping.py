"""Waiting that ends when the process is asked to."""

import contextlib
import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """Tells a loop to end, and wakes it at once if it waits.

    Not a ``threading.Event``: its lock is not reentrant, so a signal handler that sets the event
    may wait for ever for the very thread that it has interrupted. A byte in a socket cannot.
    """

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.settimeout(0)
        self._is_set = False

    @property
    def is_set(self) -> bool:
        """Whether somebody has asked to stop."""
        return self._is_set

    def set(self) -> None:
        """Asks to stop; from any thread, and from a signal handler."""
        self._is_set = True
        with contextlib.suppress(BlockingIOError):  # full of bytes: it wakes without this one
            self._writer.send(b"\0")

    def wait(self, seconds: float) -> None:
        """Waits until somebody asks to stop, and no longer than ``seconds``."""
        if self._is_set:
            return
        select.select([self._reader], [], [], max(0, seconds))
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(4096)

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Lets SIGTERM and SIGINT ask to stop while the block runs; in the main thread only.

        The interpreter itself writes to the socket when a signal comes: a handler in Python would
        run too late for one that comes just before the wait.
        """

        def ask(_number: int, _frame: FrameType | None) -> None:
            self.set()

        descriptor = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        before = {number: signal.signal(number, ask) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            signal.set_wakeup_fd(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)

    def close(self) -> None:
        """Gives the sockets back."""
        self._reader.close()
        self._writer.close()
