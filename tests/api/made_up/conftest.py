"""The site that made-up requests ask, and what thinking of them costs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from communication.syndication.models import ApiKey
from tests.api.conftest import block
from tests.factories import NewsPageFactory, TwinningStoryPageFactory
from tests.partner_sites import PartnerSiteFactory
from tests.sites import build_partnership, build_site, kept_for_a_module, translate

from .document import ARTICLE, KEY, STORY


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Passes over the edges where no slow test is wanted: to think of them takes seconds."""
    wants_slow = "slow" in config.getoption("markexpr").replace("not slow", "")
    return True if collection_path.name == "test_edges.py" and not wants_slow else None


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with an article in two languages and a story; requests that only read leave it so."""
    with kept_for_a_module(django_db_blocker):
        _publish()
        with django_db_blocker.block():
            yield


def _publish() -> None:
    tree = build_site("it")
    pair = build_partnership()[2]
    translate(tree.news, "it")
    body = [
        block("paragraph", "<p>We met.</p>"),
        block("twinnings", {"heading": "", "twinnings": [pair.pk]}),
    ]
    article = NewsPageFactory(
        parent=tree.news,
        translation_key=ARTICLE,
        tags=["visits"],
        authors=[pair.european_school],
        twinnings=[pair],
        published_on=date(2021, 3, 29),
        body=body,
    )
    translate(article, "it", title="Incontro")
    TwinningStoryPageFactory(parent=tree.twinnings, translation_key=STORY, twinning=pair, body=body)
    ApiKey.objects.create(
        partner_site=PartnerSiteFactory(locales=["en", "it"], types=["news", "events"]),
        public_id=KEY.public_id,
        digest=KEY.digest,
        scopes=["read"],
        slot=1,
    )


@pytest.fixture
def one_connection(site: None, db: None) -> Iterator[None]:
    """Keeps the connection open, in whose transaction the test takes place, between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
