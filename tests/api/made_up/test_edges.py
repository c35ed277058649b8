"""In .ci/run --full, a hundred requests more for each operation: every edge of the document.

Those that each change is asked are in ``tests/api/test_parameters.py``.
"""

import pytest

from tests.partner_sites import bearer

from .document import KEY, WHOLE_KEY, Case, ask, many, schema


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("key", [KEY.text, WHOLE_KEY.text], ids=["some", "whole"])
@schema.parametrize()
@many
def test_no_request_of_many_with_a_key_is_answered_otherwise_than_documented(
    case: Case, key: str
) -> None:
    for response in ask(case, **bearer(key)):
        assert response.status_code < 500


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@many
def test_no_request_of_many_is_answered_otherwise_than_documented(
    case: Case,
) -> None:
    for response in ask(case):
        assert response.status_code < 500
