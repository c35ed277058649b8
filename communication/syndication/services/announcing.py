"""Tells web processes that the content version has moved, where they share a Redis."""

import logging
from functools import cache
from hashlib import blake2b
from importlib import import_module
from typing import Any, Final

from django.conf import settings

from ..content_version import current_version

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS: Final = 1
_CREDENTIALS: Final = ("username", "password", "db")


def announce() -> None:
    """Publishes the version on ``channel()`` and waits until Redis has passed it on.

    The PING comes back after the messages have gone out: who asks afterwards has been told. If
    Redis is not there, readers find the version in its row.
    """
    location = redis_location()
    if not location:
        return
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
