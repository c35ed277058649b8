"""The site that made-up requests ask, and what thinking of them costs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from communication.syndication.enums import ApiScope
from communication.syndication.key_format import KeyText
from communication.syndication.models import ApiKey
from communication.syndication.services.change_log import refresh_change_log
from tests.api.conftest import block
from tests.events import EventPageFactory, add_events
from tests.factories import ImageFactory, NewsPageFactory, TwinningStoryPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.partner_sites import PartnerSiteFactory
from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import build_partnership, build_site, kept_for_a_module, linked, translate

from .document import ADVICE, ARTICLE, EVENT, IMAGE, KEY, STORY, WHOLE_KEY


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Passes over the edges where no slow test is wanted: to think of them takes seconds."""
    wants_slow = "slow" in config.getoption("markexpr").replace("not slow", "")
    return True if collection_path.name == "test_edges.py" and not wants_slow else None


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with an item of most types; requests that only read leave it so."""
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
    NewsPageFactory(parent=tree.news)
    RepositoryArticlePageFactory(parent=add_repository(tree), translation_key=ADVICE)
    EventPageFactory(parent=add_events(tree), translation_key=EVENT, twinnings=[pair])
    GlossaryIndexPageFactory(parent=tree.home)
    ConceptFactory(terms={"en": "school", "it": "scuola"})
    linked(ImageFactory(public_id=IMAGE, file__width=16, file__height=10))
    refresh_change_log()
    some = PartnerSiteFactory(locales=["en", "it"], types=["news", "events"])
    give(KEY, some, ["read"])
    give(WHOLE_KEY, PartnerSiteFactory(), ApiScope.values)


def give(key: KeyText, site: Any, scopes: list[str]) -> None:
    """Lets a partner site have a key whose text is known before."""
    ApiKey.objects.create(
        partner_site=site, public_id=key.public_id, digest=key.digest, scopes=scopes, slot=1
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
