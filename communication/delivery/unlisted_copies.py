"""Keeps copies of the site out of search engines: an application of WSGI around the site's own.

A copy that was restored for a trial sends nothing until somebody adopts it, and shall not be found
beside the site itself. The site pays for it with one look when a process starts.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

INSTALLATION: Final = "communication.delivery.services.installation"
"""Has models, which an application of WSGI names before they are loaded."""
UNLISTED: Final = ("X-Robots-Tag", "noindex")

logger = logging.getLogger(__name__)


def unlist_copies(application: Application) -> Application:
    """Returns the application as it is; of a copy, one that asks not to be listed until adopted."""
    belongs_here = _database_belongs_here()
    connection.close()  # whoever answers requests has one of its own
    if belongs_here:
        return application
    if belongs_here is False:
        logger.warning(import_string(f"{INSTALLATION}.HELD_BACK"))
    return _Copy(application)


class _Copy:
    """Tells search engines not to list any answer, as long as the database is a copy."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._is_adopted = False

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answers a request, as PEP 3333 has it."""
        if self._is_adopted:
            return self._application(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            belongs_here = _database_belongs_here()
            self._is_adopted = belongs_here is True
            more = [UNLISTED] if belongs_here is False else []
            return start_response(status, [*headers, *more], *error)

        return self._application(environ, start)


def _database_belongs_here() -> bool | None:
    """Tells whether the site is no copy; None while the database does not say, or has no tables."""
    try:
        return bool(import_string(f"{INSTALLATION}.sending_is_allowed")())
    except DatabaseError:
        return None
