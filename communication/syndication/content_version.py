"""How often anything that readers see has changed: what caches keep their answers under.

The row in the database is the truth; reading it costs one query on one row. A cache in front of
Django reads it over a connection of its own, or keeps it in memory and is told on a channel of
Redis when it moves (``services.announcing``).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

QUERY: Final = (
    "SELECT epoch, counter, next_boundary_at "
    "FROM communication_syndication_contentversion WHERE id = 1"
)


@dataclass(frozen=True, slots=True)
class Version:
    """The state of all public content.

    Two answers of the same version are equal if no boundary lay between them. Past the boundary
    time has changed answers that nobody has recorded yet: until the worker has, which is a matter
    of seconds, nothing may be kept, nor given out that was kept before.
    """

    counter: int
    next_boundary_at: datetime | None
    epoch: str = ""
    """In 32 hexadecimal digits; another one, once the counter counts from before (a restore)."""

    @property
    def token(self) -> tuple[str, int]:
        """What answers are kept under; it never comes again for another state of the content."""
        return self.epoch, self.counter

    def is_settled(self, now: datetime | None = None) -> bool:
        """Tells whether answers of this version may be kept and given out."""
        return self.next_boundary_at is not None and (now or timezone.now()) < self.next_boundary_at

    @property
    def text(self) -> str:
        """Counter, boundary and epoch, as they are announced."""
        boundary = self.next_boundary_at.isoformat() if self.next_boundary_at else ""
        return f"{self.counter} {boundary} {self.epoch}"

    @classmethod
    def from_text(cls, text: str) -> "Version":
        """Returns the version that was announced.

        Raises:
            ValueError: when the text is none of ours.
        """
        counter, boundary, epoch = text.split(" ")
        moment = datetime.fromisoformat(boundary) if boundary else None
        return cls(int(counter), moment, epoch)


NEVER_MOVED: Final = Version(0, None)
"""Of a site whose log has not begun: nothing is to be kept."""


def read_row(source: Any) -> tuple[Any, ...] | None:
    """Reads the row over a connection of Django's, or one of sqlite3 or psycopg.

    Raises:
        Exception: whatever the connection raises.
    """
    cursor = source.cursor()
    try:
        cursor.execute(QUERY)
        row: tuple[Any, ...] | None = cursor.fetchone()
    finally:
        cursor.close()
    return row


def version_in(row: tuple[Any, ...] | None) -> Version:
    """Returns the version that a row holds; a log without a row has not begun."""
    if not row:
        return NEVER_MOVED
    epoch, counter, boundary = row
    # sqlite3 returns the digits alone, psycopg a UUID
    return Version(counter, _moment(boundary), str(epoch).replace("-", ""))


def current_version() -> Version:
    """Reads the version over Django's own connection: one query."""
    return version_in(read_row(connection))


def settled_version() -> tuple[str, int] | None:
    """Returns what facts about the whole site may be kept under (``v2v_snippets.keeping``).

    None in a transaction, which may have changed them unseen, and while the clock has changed
    answers that nobody has recorded yet.
    """
    if connection.in_atomic_block:
        return None
    version = current_version()
    return version.token if version.is_settled() else None


def _moment(value: Any) -> datetime | None:
    """SQLite stores moments as text, in UTC and without saying so."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value
