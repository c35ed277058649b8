"""The site on which workers publish, and a copy of it."""

import pytest

from communication.delivery.models import Installation
from tests.sites import SiteTree, build_site


@pytest.fixture
def site(db: None) -> SiteTree:
    """English alone."""
    return build_site()


@pytest.fixture
def restored(db: None) -> None:
    """The database of another installation."""
    Installation.objects.update(digest="0" * 64)
