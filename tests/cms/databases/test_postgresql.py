"""A connection that waited is looked at without a question to the server."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server."),
]


def asked(database: Any) -> str:
    """Returns what the server answers over a connection."""
    with database.cursor() as cursor:
        cursor.execute("SELECT 'here'")
        return str(cursor.fetchone()[0])


def pid_of(database: Any) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_that_stands_is_of_use() -> None:
    connection.ensure_connection()

    with CaptureQueriesContext(connection) as queries:
        assert connection.is_usable()
    assert not queries.captured_queries
    assert asked(connection) == "here"


def test_a_server_that_has_gone_away_is_noticed() -> None:
    waiting = connection.copy()
    try:
        number = pid_of(waiting)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        assert not waiting.is_usable()
    finally:
        waiting.close()
    assert not waiting.is_usable()


def test_a_request_after_that_gets_a_connection_of_its_own() -> None:
    waiting = connection.copy()
    waiting.settings_dict |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
    try:
        number = pid_of(waiting)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        waiting.close_if_unusable_or_obsolete()  # as when a request begins
        assert asked(waiting) == "here"
        assert pid_of(waiting) != number
    finally:
        waiting.close()


def test_a_server_that_has_only_said_something_is_asked() -> None:
    waiting = connection.copy()
    try:
        number = pid_of(waiting)
        with connection.cursor() as cursor:
            # a new value of a setting that clients are told of goes out by itself
            cursor.execute("SELECT pg_reload_conf()")
        assert waiting.is_usable()
        assert pid_of(waiting) == number
    finally:
        waiting.close()
