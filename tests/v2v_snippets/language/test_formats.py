"""Dates are written as each language writes them."""

from datetime import date

import pytest

from v2v_snippets.language.formats import long_date, month_and_year


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "29 March 2021"),
        ("it", "29 marzo 2021"),
        ("fi", "29. maaliskuuta 2021"),
        ("sq", "29 mars 2021"),
        ("sr-latn", "29. mart 2021."),
        ("cnr", "29. mart 2021."),
        ("xx-unknown", "29 March 2021"),
    ],
)
def test_day_in_full(code: str, expected: str) -> None:
    assert long_date(date(2021, 3, 29), code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", "September 2021"), ("it", "settembre 2021"), ("fi", "syyskuu 2021")],
)
def test_month_with_its_year(code: str, expected: str) -> None:
    assert month_and_year(date(2021, 9, 1), code) == expected
