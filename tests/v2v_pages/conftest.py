"""A site to read."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.sites import SiteTree, build_site, kept_for_a_module


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """What ``site`` is a copy of, made once for the tests of a module."""
    with kept_for_a_module(django_db_blocker):
        built = build_site("it")
        with django_db_blocker.block():
            yield built


@pytest.fixture
def site(built_site: SiteTree, db: None) -> SiteTree:
    """An English tree and an Italian home page."""
    return deepcopy(built_site)
