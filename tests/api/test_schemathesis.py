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

from tests.factories import NewsPageFactory, TwinningStoryPageFactory
from tests.sites import build_partnership, build_site, kept_for_a_module, translate

from .conftest import block

Case = schemathesis.Case[Any]

ARTICLE = UUID("5f0c7a8e-0000-4000-8000-000000000001")
STORY = UUID("5f0c7a8e-0000-4000-8000-000000000002")

known = st.sampled_from([str(ARTICLE), str(STORY)])
schemathesis.openapi.format("uuid", known | st.uuids().map(str))
schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("token", st.just(""))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

# In .ci/run --full, two hundred requests more for each operation: every edge that the document
# draws. Those that each change is asked are in tests/api/test_parameters.py
many = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
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


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@many
def test_no_request_of_many_is_answered_otherwise_than_documented(
    case: Case,
) -> None:
    response = case.call_and_validate()

    assert response.status_code < 500
