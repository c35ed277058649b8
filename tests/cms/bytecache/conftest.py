"""What every test of the cache begins with."""

from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application

from cms.bytecache import ByteCache
from cms.bytecache.site import with_stored_answers
from communication.syndication.services.change_log import refresh_change_log
from tests.sites import SiteTree, build_site

from .origin import Asker, Origin, Reader


@pytest.fixture
def origin() -> Origin:
    return Origin()


@pytest.fixture
def reader(origin: Origin) -> Reader:
    return Reader(origin)


@pytest.fixture
def tree() -> SiteTree:
    """A site whose log has begun."""
    tree = build_site()
    refresh_change_log()
    return tree


@pytest.fixture
def processes() -> Iterator[list[Asker]]:
    """Two processes, as far as memory goes: each has its own answers and its own connection."""
    caches = [with_stored_answers(get_wsgi_application()) for _ in range(2)]
    yield [Asker(cache) for cache in caches]
    for cache in caches:
        assert isinstance(cache, ByteCache)
        cache.close()
