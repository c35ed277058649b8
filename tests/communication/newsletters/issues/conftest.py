"""A site with an archive, in which issues can be written."""

from typing import Any

import pytest

from tests.factories import ProjectSettingsFactory
from tests.issues import NewsletterIndexPageFactory
from v2v_pages.models import NewsIndexPage


@pytest.fixture
def archive(site: None) -> Any:
    """The archive in English; the site names controller and funding."""
    ProjectSettingsFactory()
    return NewsletterIndexPageFactory(parent=NewsIndexPage.objects.get().get_parent().specific)


@pytest.fixture
def articles(site: None) -> Any:
    """The list below which tests publish articles."""
    return NewsIndexPage.objects.get()
