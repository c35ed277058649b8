"""A site to read."""

import pytest

from tests.sites import SiteTree, build_site


@pytest.fixture
def site(db: None) -> SiteTree:
    """An English tree and an Italian home page."""
    return build_site("it")
