"""Requests that schemathesis thinks of, after the OpenAPI document: all its checks find nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from communication.syndication.key_format import write_key
from communication.syndication.models import ApiKey
from tests.factories import NewsPageFactory, TwinningStoryPageFactory
from tests.partner_sites import PartnerSiteFactory, bearer
from tests.sites import build_partnership, build_site, kept_for_a_module, translate

from .conftest import block

Case = schemathesis.Case[Any]

ARTICLE = UUID("5f0c7a8e-0000-4000-8000-000000000001")
STORY = UUID("5f0c7a8e-0000-4000-8000-000000000002")
KEY = write_key("ForTests", "x" * 32)
"""Its site may not have all languages and types, so that some requests are refused."""

known = st.sampled_from([str(ARTICLE), str(STORY)])
schemathesis.openapi.format("uuid", known | st.uuids().map(str))
schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("token", st.just(""))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

# In .ci/run --full, two hundred requests more for each operation: every edge that the document
# draws. Those that each change is asked are in tests/api/test_parameters.py
many = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
fewest = settings(many, max_examples=2, derandomize=True, phases=[Phase.generate, Phase.shrink])
few = settings(many, max_examples=10, derandomize=True, phases=[Phase.generate, Phase.shrink])


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


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@few
def test_no_request_is_answered_otherwise_than_documented(case: Case) -> None:
    response = case.call_and_validate()

    assert response.status_code < 500


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@fewest
def test_no_request_with_a_key_is_answered_otherwise_than_documented(case: Case) -> None:
    response = case.call_and_validate(headers=bearer(KEY.text))

    assert response.status_code < 500


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@many
def test_no_request_of_many_with_a_key_is_answered_otherwise_than_documented(case: Case) -> None:
    response = case.call_and_validate(headers=bearer(KEY.text))

    assert response.status_code < 500


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@many
def test_no_request_of_many_is_answered_otherwise_than_documented(
    case: Case,
) -> None:
    response = case.call_and_validate()

    assert response.status_code < 500
