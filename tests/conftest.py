"""What every test can rely on: Wagtail's initial data, an empty cache, the default language."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


def pytest_collection_finish() -> None:
    """Spares the collector what lives until the end: a tenth of all the time went into that."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def initial_data() -> None:
    """Lets each new or emptied database hold what Wagtail's migrations create."""
    from tests.bootstrap import keep_initial_data  # noqa: PLC0415  (needs the app registry)

    keep_initial_data()


@pytest.fixture(autouse=True)
def no_traces() -> Iterator[None]:
    """Keeps one test's cache entries and language from the next."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
