"""Statements and moments are what they are with Django's own backend."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone as clock
from wagtail.models import Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own."),
]


def found(statement: str, parameters: Any = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


@pytest.mark.parametrize("value", ["a", "b"])
def test_a_statement_that_is_asked_again_takes_other_values(value: str) -> None:
    assert found("SELECT %s || '%%' || %s", [value, "?"]) == (f"{value}%?",)


def test_a_statement_without_values_stays_as_it_is() -> None:
    assert found("SELECT '%s %% ?'") == ("%s %% ?",)


def test_values_may_have_names() -> None:
    assert found("SELECT %(one)s || %(two)s || '%%'", {"one": "a", "two": "b"}) == ("ab%",)
    assert found("SELECT %(one)s || %(two)s || '%%'", {"two": "d", "one": "c"}) == ("cd%",)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2021, 3, 29, 10, 0, 0, 123456, tzinfo=UTC),
        datetime(2021, 3, 29, 12, 0, tzinfo=timezone(timedelta(hours=2))),
        None,
    ],
)
def test_moments_are_read_as_they_were_written(moment: datetime | None) -> None:
    page = Page.objects.first()
    Page.objects.filter(pk=page.pk).update(first_published_at=moment)

    assert Page.objects.get(pk=page.pk).first_published_at == moment


def test_moments_that_the_database_makes_have_a_time_zone() -> None:
    told = Page.objects.annotate(told=Now()).values_list("told", flat=True).first()

    assert abs(clock.now() - told) < timedelta(minutes=1)
