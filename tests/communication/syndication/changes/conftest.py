"""A site whose log knows what is public."""

import pytest

from communication.syndication.services.change_log import refresh_change_log
from tests.sites import SiteTree


@pytest.fixture
def logged(site: SiteTree) -> SiteTree:
    """The site, with its pages in the log."""
    refresh_change_log()
    return site
