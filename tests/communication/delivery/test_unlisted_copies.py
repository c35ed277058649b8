"""A copy of the site is found by nobody beside the site itself."""

import logging
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from communication.delivery.models import Installation
from communication.delivery.unlisted_copies import unlist_copies
from tests.cms.bytecache.origin import Asker, Origin

pytestmark = pytest.mark.django_db(transaction=True)


def robots(site: Any) -> str:
    """What search engines are told of any answer."""
    return Asker(site).get()[1].get("x-robots-tag", "")


def test_the_site_itself_answers_as_it_would_without() -> None:
    origin = Origin()

    assert unlist_copies(origin) is origin


@pytest.mark.usefixtures("restored")
def test_a_copy_is_not_to_be_listed_until_one_command_adopts_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        site = unlist_copies(Origin())

    assert robots(site) == robots(site) == "noindex"
    assert "This database is a copy" in caplog.text
    call_command("adopt_installation")
    assert robots(site) == ""
    with CaptureQueriesContext(connection) as captured:
        assert robots(site) == ""
    assert len(captured) == 0


def test_a_database_that_does_not_answer_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as down:
        down.setattr(connection, "cursor", fail)
        site = unlist_copies(Origin())
        assert robots(site) == ""
    Installation.objects.update(digest="0" * 64)

    assert robots(site) == "noindex"


def fail(*args: Any) -> None:
    raise OperationalError("the server is starting up")
