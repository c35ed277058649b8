"""The site whose feeds are read."""

import pytest

from tests.factories import CountryFactory, ProjectSettingsFactory
from tests.sites import SiteTree, build_site


@pytest.fixture
def site(db: None) -> SiteTree:
    """English and Italian, with funding and footnote; nothing is published in it yet."""
    tree = build_site("it")
    ProjectSettingsFactory()
    CountryFactory(kosovo=True)
    return tree
