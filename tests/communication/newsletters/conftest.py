"""What the tests of newsletters share: a site, an empty outbox, and visitors with an address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from communication.newsletters.subscribers.links import preferences_token
from communication.newsletters.transports.memory import outbox
from tests.newsletters import ADDRESS, MailingListFactory, subscribed
from tests.sites import build_site, kept_for_a_module


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site, made once for all tests of a module."""
    with kept_for_a_module(django_db_blocker):
        build_site("it", "sq")
        yield


@pytest.fixture
def site(built_site: None, db: None) -> None:
    """A site whose pages can be read."""


@pytest.fixture(autouse=True)
def empty_outbox() -> None:
    """No test sees the letters of another one."""
    outbox.clear()


@pytest.fixture
def news(site: None) -> Any:
    """The only list."""
    return MailingListFactory(
        slug="news",
        texts={
            "en": {"name": "News", "description": "Once a month."},
            "sq": {"name": "Lajme", "description": "Një herë në muaj."},
        },
    )


@pytest.fixture
def client() -> Client:
    """A visitor from a public address."""
    return Client(REMOTE_ADDR="203.0.113.7")


@pytest.fixture
def subscription(news: Any) -> Any:
    """Somebody who reads the news."""
    return subscribed(ADDRESS, news)


@pytest.fixture
def preferences(subscription: Any) -> str:
    """The page with their settings."""
    return f"/en/subscriptions/preferences/{preferences_token(subscription.subscriber.uuid)}/"
