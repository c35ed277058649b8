"""Requests that schemathesis thinks of, after the OpenAPI document: all its checks find nothing."""

import pytest

from tests.partner_sites import bearer

from .document import WHOLE_KEY, Case, ask, few, fewest, schema


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
    for response in ask(case, **bearer(WHOLE_KEY.text)):
        assert response.status_code < 500
