"""A site with an archive, in which issues can be written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from communication.newsletters.models import NewsletterIndexPage
from tests.factories import ProjectSettingsFactory
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory
from tests.newsletters import SubscriptionFactory
from tests.replaying import replay
from v2v_pages.models import HomePage, NewsIndexPage


@pytest.fixture
def archive(site: None) -> Any:
    """The archive in English; the site names controller and funding."""
    replay(("archive",), publish_archive)
    return NewsletterIndexPage.objects.get()


def publish_archive() -> None:
    """Publishes the archive, and says who is responsible for it."""
    ProjectSettingsFactory(
        controller_name="APRO Formazione",
        controller_address="c/o L'Officina & Figli\nStrada Castelgherlone 2/A\n12051 Alba",
    )
    NewsletterIndexPageFactory(parent=HomePage.objects.get(locale__language_code="en"))


@pytest.fixture
def articles(site: None) -> Any:
    """The list below which tests publish articles."""
    return NewsIndexPage.objects.get()


@pytest.fixture
def editor(db: None) -> Client:
    """Somebody of the office who may do everything."""
    client = Client()
    user = get_user_model().objects.create_superuser("editor", "editor@school.example", "pw")
    client.force_login(user)
    return client


@pytest.fixture
def write(archive: Any, news: Any) -> Callable[..., Any]:
    """Writes an issue for a list that somebody reads."""
    SubscriptionFactory(mailing_list=news)

    def issue(**fields: Any) -> Any:
        return NewsletterPageFactory(parent=archive, **{"mailing_list": news, **fields})

    return issue
