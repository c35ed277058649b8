"""What the content's version is, asked before every answer: in microseconds, and never a guess."""

import logging
import select
import sqlite3
import time
from collections.abc import Callable
from importlib import import_module
from math import inf
from mmap import ACCESS_READ, mmap
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple, Protocol

from django.db import connections

from communication.syndication.content_version import Version as ContentVersion
from communication.syndication.content_version import read_row, version_in
from communication.syndication.services.announcing import (
    MARK_BYTES,
    announcement_file,
    channel,
    redis_client,
    redis_location,
)

from .application import Version

logger = logging.getLogger(__name__)

READ_ANYWAY_AFTER: Final = 1.0
"""Seconds after which the row is read without any news: it heals what was never announced."""

OUTAGE_SECONDS: Final = 60.0
"""For how long the last version stands while the database is away and nothing can be changed."""

CONNECT_SECONDS: Final = 2

SOCKET_OF: Final = attrgetter("_sock")
"""redis-py tells a connection's socket in no other way."""


def version_reader() -> Callable[[], Version | None]:
    """Returns what reads the version on this site's database, and hears when it moves."""
    row = RowReader(connect_to_sqlite if is_sqlite() else connect_to_postgresql)
    if path := announcement_file():
        return AnnouncedReader(row, lambda: FileSubscription(path))
    return AnnouncedReader(row, RedisSubscription) if redis_location() else row


class RowReader:
    """Reads the row over a connection of its own, in no transaction: what is committed, counts."""

    def __init__(
        self, connect: Callable[[], Any], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Takes what opens a connection; that happens in the process that asks first."""
        self._connect = connect
        self._clock = clock
        self._connection: Any = None
        self._lock = Lock()
        self._row: tuple[Any, ...] | None = None
        self._last: Version | None = None
        self._read_at = -inf

    def __call__(self) -> Version | None:
        """Returns the version; None where none is known, or where time has just changed answers."""
        with self._lock:
            try:
                row = self._read()
                self._read_at = self._clock()
            except Exception:  # each database has its own
                self._connection = None
                row = self._row
                if self._clock() - self._read_at > OUTAGE_SECONDS:
                    logger.warning("The content version cannot be read.", exc_info=True)
                    return None
            if row != self._row:  # seldom: what it means is worked out once
                self._row, self._last = row, as_kept(version_in(row))
            last = self._last
            return last if last is not None and time.time() < last.next_boundary_at else None

    def close(self) -> None:
        """Closes the connection; another one is opened when the version is asked for again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _read(self) -> tuple[Any, ...] | None:
        if self._connection is not None:
            try:
                return read_row(self._connection)
            except Exception:  # a connection that was cut is made anew
                logger.info("Connecting again to read the content version.", exc_info=True)
        self._connection = self._connect()
        return read_row(self._connection)


class Subscription(Protocol):
    """What hears that the version has moved."""

    def has_news(self) -> bool:
        """Tells whether anything has come that has not been taken; what it says is not needed.

        Raises:
            Exception: whatever the connection raises.
        """

    def take_news(self) -> None:
        """Takes all that has come.

        Raises:
            Exception: whatever the connection raises.
        """

    def close(self) -> None:
        """Closes the connection."""


class Known(NamedTuple):
    """A version, and the time in which only news say that it is another, in epoch seconds."""

    version: Version | None
    since: float
    until: float


class AnnouncedReader:
    """Keeps the version in memory and reads the row when it is announced that it has moved.

    Whoever commits a change announces it, and waits until that has gone out. So what has not
    arrived here when a request comes was not committed before it: having a look suffices. News are
    taken only when nothing is known any more, so that no other thread takes the old version for the
    new one meanwhile; a look needs no lock.
    """

    def __init__(
        self,
        read_row: RowReader,
        subscribe: Callable[[], Subscription],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Takes what reads the row, and what subscribes to the announcements."""
        self._clock = clock
        self._read_row = read_row
        self._subscribe = subscribe
        self._lock = Lock()
        self._subscription: Subscription | None = None
        self._known: Known | None = None
        self._subscribe_again_at = 0.0

    def __call__(self) -> Version | None:
        """Returns the version, as ``RowReader`` does."""
        subscription = self._subscription
        if subscription is not None:
            try:
                has_news = subscription.has_news()
            except Exception:  # of the file, the socket or the protocol
                logger.info("No news can be heard.", exc_info=True)
                has_news = True
            known = self._known  # after the look: see above
            if not has_news and known is not None:
                version, since, until = known
                if since <= self._clock() < until:  # a clock may be set back
                    return version
        return self._read()

    def close(self) -> None:
        """Closes the subscription and the connection."""
        with self._lock:
            if self._subscription is not None:
                self._subscription.close()
            self._subscription = self._known = None
            self._read_row.close()

    def _read(self) -> Version | None:
        """Reads the row, behind the news."""
        with self._lock:
            self._known = None
            now = self._clock()
            if self._subscription is None and now >= self._subscribe_again_at:
                self._listen(now)
            self._take_news()
            version = self._read_row()
            if self._subscription is not None:  # else every request reads the row
                boundary = version.next_boundary_at if version else inf
                self._known = Known(version, now, min(now + READ_ANYWAY_AFTER, boundary))
            return version

    def _listen(self, now: float) -> None:
        self._subscribe_again_at = now + READ_ANYWAY_AFTER
        try:
            self._subscription = self._subscribe()
        except Exception:  # of the file, the socket or the protocol
            logger.warning("Nobody tells of changes.", exc_info=True)

    def _take_news(self) -> None:
        if self._subscription is None:
            return
        try:
            self._subscription.take_news()
        except Exception:  # of the file, the socket or the protocol
            logger.warning("Nobody tells of changes.", exc_info=True)
            self._subscription = None


class FileSubscription:
    """The site's announcements in a file, mapped into memory: a look at it asks nobody.

    Whoever cut the file short would end the process; the same holds of SQLite's own ``-shm`` beside
    it. Both lie where SQLite needs a file system on which processes see what others write.
    """

    def __init__(self, path: Path) -> None:
        with path.open("a+b") as file:
            if file.tell() < MARK_BYTES:
                file.truncate(MARK_BYTES)
            self._mark = mmap(file.fileno(), MARK_BYTES, access=ACCESS_READ)
        self._seen = self._mark[:]

    def has_news(self) -> bool:
        """Looks whether the mark is another one."""
        return self._mark[:] != self._seen

    def take_news(self) -> None:
        """Remembers the mark."""
        self._seen = self._mark[:]

    def close(self) -> None:
        """Lets go of the file."""
        self._mark.close()


class RedisSubscription:
    """The site's announcements over Redis; from here on nothing is missed."""

    def __init__(self) -> None:
        self._announcements = redis_client(redis_location()).pubsub(ignore_subscribe_messages=True)
        self._announcements.subscribe(channel())
        self._announcements.get_message(timeout=CONNECT_SECONDS)  # the server's answer
        # to ask the system whether anything has come takes a tenth of what asking redis-py takes
        self._arrivals = select.poll()
        self._arrivals.register(SOCKET_OF(self._announcements.connection), select.POLLIN)

    def has_news(self) -> bool:
        """Looks at the socket."""
        return bool(self._arrivals.poll(0))

    def take_news(self) -> None:
        """Reads all that has come."""
        while self._announcements.connection.can_read(timeout=0):
            self._announcements.get_message()

    def close(self) -> None:
        """Ends the subscription."""
        self._announcements.close()


def as_kept(version: ContentVersion) -> Version | None:
    """Returns the version as the cache takes it; None where no answer of it may be kept."""
    if version.next_boundary_at is None:
        return None
    return Version(version.token, version.next_boundary_at.timestamp())


def is_sqlite() -> bool:
    """Tells whether the site's database is a file."""
    return connections["default"].vendor == "sqlite"


def connect_to_sqlite() -> sqlite3.Connection:
    """Opens the database's file again: reading one row over it takes some microseconds."""
    path = str(connections["default"].settings_dict["NAME"])
    return sqlite3.connect(path, check_same_thread=False, isolation_level=None)


def connect_to_postgresql() -> Any:
    """Opens a connection as Django's own, but none of its threads."""
    parameters = connections["default"].get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    parameters["connect_timeout"] = CONNECT_SECONDS
    return import_module("psycopg").connect(**parameters, autocommit=True)
