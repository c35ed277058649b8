"""The site on which workers publish."""

import pytest

from tests.sites import SiteTree, build_site


@pytest.fixture
def site(db: None) -> SiteTree:
    """English alone."""
    return build_site()
