"""Tells web processes that the content version has moved.

They share a Redis, or, on one machine with SQLite, a file beside the database.
"""

import logging
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final

from django.conf import settings
from django.db import connection

from ..content_version import current_version

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS: Final = 1
MARK_BYTES: Final = 8
"""The length of a mark, of which no two are the same."""
_CREDENTIALS: Final = ("username", "password", "db")


def announce() -> None:
    """Lets everybody who listens know; who asks afterwards has been told.

    Where nobody can be told, readers find the version in its row.
    """
    if path := announcement_file():
        _mark(path)
    if location := redis_location():
        _publish(location)


def announcement_file() -> Path | None:
    """Returns the file beside a SQLite database that is another one when the version has moved."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(f"{name}-announced")


def _mark(path: Path) -> None:
    try:
        path.touch()
        with path.open("r+b") as file:  # it is never shorter for a moment
            file.write(token_bytes(MARK_BYTES))
    except OSError as error:
        logger.warning("The content version could not be announced: %s", error)


def _publish(location: str) -> None:
    """Publishes the version; the PING comes back after the messages have gone out."""
    redis = import_module("redis")
    client = redis_client(location)
    try:
        client.publish(channel(), current_version().text)
        client.ping()
    except redis.RedisError as error:
        logger.warning("The content version could not be announced: %s", error)


def channel() -> str:
    """Returns the channel of this site; Redis has one space of names for all its databases."""
    cache_settings = settings.CACHES["default"]
    own = (redis_location(), cache_settings.get("KEY_PREFIX", ""))
    return f"v2v:content-version:{blake2b(repr(own).encode(), digest_size=8).hexdigest()}"


def redis_location() -> str:
    """Returns the address of the Redis that is the site's cache; "" if its cache is another."""
    cache_settings = settings.CACHES["default"]
    if not cache_settings["BACKEND"].endswith(".RedisCache"):
        return ""
    location = cache_settings["LOCATION"]
    servers = location.replace(";", ",").split(",") if isinstance(location, str) else location
    return str(servers[0])


@cache
def redis_client(location: str) -> Any:
    """Returns a client of the Redis at this address, with the site's own credentials."""
    options = settings.CACHES["default"].get("OPTIONS", {})
    credentials = {name: options[name] for name in _CREDENTIALS if name in options}
    return import_module("redis").Redis.from_url(
        location,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        **credentials,
    )
