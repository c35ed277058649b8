"""What every test can rely on: Wagtail's initial data, an empty cache, the default language."""

import gc
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_save
from django.utils import translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from pytest_django import Settings

from tests.facts import content_has_changed, standing_version

gc.set_threshold(200_000, 20, 100)  # a tenth of all the time went into collecting garbage

COST = re.compile(r"_costs?_")
"""In the names of tests that count queries."""

COMMITTING_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", *COMMITTING_FIXTURES}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets a further run spare itself what cannot differ there."""
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what needs no database, crawls, and each second test that rolls back",
    )


@pytest.hookimpl(trylast=True)  # when those are gone that no marker asks for
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what the option leaves out, and puts last what keeps the demo."""
    items.sort(key=stands_on_the_demo)
    if config.getoption("--second-database"):
        asked = asked_of_a_second_database(items)
        chosen = set(asked)
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = asked


def asked_of_a_second_database(items: list[pytest.Item]) -> list[pytest.Item]:
    """Returns those that commit, and each second of a module that rolls back; each once.

    Parameters are languages, page types, addresses: another database does not see them. Crawls and
    the demo ask many times what each view's own tests ask, and what something costs is compared in
    numbers of queries, not in their words. Why: docs/decisions/0029.
    """
    found = [
        item
        for item in items
        if opens_the_database(item) and not (reads_a_whole_site(item) or COST.search(item.name))
    ]
    once = {name_of(item): item for item in found}
    places: Counter[Path] = Counter()
    asked = []
    for item in items:
        if once.get(name_of(item)) is not item:
            continue
        places[item.path] += not commits(item)
        if commits(item) or places[item.path] % 2:
            asked.append(item)
    return asked


def name_of(item: pytest.Item) -> str:
    """Returns the test's name without its parameters."""
    return item.nodeid.partition("[")[0]


def is_marked(item: pytest.Item, marker: str) -> bool:
    """Tells whether a test carries a marker."""
    return item.get_closest_marker(marker) is not None


def stands_on_the_demo(item: pytest.Item) -> bool:
    """Tells whether a test wants the demo, which is loaded once and stays until the end."""
    return "demo" in getattr(item, "fixturenames", ())


def reads_a_whole_site(item: pytest.Item) -> bool:
    """Tells whether a test goes through many pages that other tests ask one by one."""
    return is_marked(item, "crawl") or stands_on_the_demo(item)


def opens_the_database(item: pytest.Item) -> bool:
    """Tells whether a test has a fixture or a marker of pytest-django that opens the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or is_marked(item, "django_db")


def commits(item: pytest.Item) -> bool:
    """Tells whether what a test writes is seen by other connections."""
    marker = item.get_closest_marker("django_db")
    is_asked_for = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_asked_for or bool(COMMITTING_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_finish() -> None:
    """Spares the garbage collector what lives until the end."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def initial_data() -> None:
    """Lets each new or emptied database hold what Wagtail's migrations create."""
    from tests import bootstrap  # noqa: PLC0415  (needs the app registry)

    bootstrap.keep_initial_data()
    bootstrap.empty_by_deleting()


@pytest.fixture(scope="session", autouse=True)
def silent_admin_search() -> None:
    """Spares each save Wagtail's jobs for its own index, which no test has kept up to date."""
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)


@pytest.fixture
def kept_facts(settings: Settings) -> None:
    """Lets requests share facts within the test's transaction, as they do outside of one."""
    settings.V2V_CONTENT_VERSION = f"{standing_version.__module__}.{standing_version.__name__}"


@pytest.fixture(autouse=True)
def no_traces() -> Iterator[None]:
    """Keeps one test's cache entries, facts, language and counts of requests from the next."""
    cache.clear()
    content_has_changed()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    import_module("communication.syndication.services.usage").counter.forget()
