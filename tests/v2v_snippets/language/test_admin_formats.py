"""The admin writes dates and numbers as each language does."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import formats
from django.utils.translation import override

MOMENT = datetime(2026, 3, 5, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "day", "short", "moment"),
    [
        ("cnr", "5. mart 2026.", "05.03.2026.", "5. mart 2026. 14:05"),
        ("bs", "5. mart 2026.", "05.03.2026.", "5. mart 2026. 14:05"),
        ("sl", "5. marec 2026", "5. 3. 2026", "5. marec 2026 14:05"),
        ("sq", "5 Mars 2026", "05.03.2026", "5 Mars 2026 14:05"),
        ("sr-latn", "5. mart 2026.", "5.03.2026.", "5. mart 2026. 14:05"),
        ("sr", "5. март 2026.", "5.03.2026.", "5. март 2026. 14:05"),
        ("hr", "5. ožujka 2026.", "5.03.2026.", "5. ožujka 2026. 14:05"),
    ],
)
def test_dates_are_written_as_in_the_language(code: str, day: str, short: str, moment: str) -> None:
    with override(code):
        assert formats.date_format(MOMENT, "DATE_FORMAT") == day
        assert formats.date_format(MOMENT, "SHORT_DATE_FORMAT") == short
        assert formats.date_format(MOMENT, "DATETIME_FORMAT") == moment


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_weeks_begin_on_monday_and_decimals_with_a_comma(code: str) -> None:
    with override(code):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.number_format(3.5) == "3,5"


@pytest.mark.parametrize("code", ["cnr", "bs", "sl", "sq"])
def test_dates_can_be_typed_in_the_own_form_and_in_wagtails(code: str) -> None:
    with override(code):
        own = formats.get_format("DATE_INPUT_FORMATS")

    assert "%Y-%m-%d" in own
    assert MOMENT.strftime(own[0]) != MOMENT.strftime("%Y-%m-%d")


def test_months_and_days_of_montenegrin_are_ijekavian() -> None:
    with override("cnr"):
        assert formats.date_format(datetime(2026, 11, 25, tzinfo=UTC), "l, j. F") == (
            "srijeda, 25. novembar"
        )
