"""Connections to the database that outlive an outage."""

from django.db import connections


def replace_broken_connections() -> None:
    """Closes connections that broke or are too old; the next query opens new ones.

    Django does this between requests, which a worker has none of. Those within a transaction stay,
    so that commands and tests may wrap a worker in one.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
