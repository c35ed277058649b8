"""Dates and numbers as each language writes them, from the Unicode CLDR.

Django's own formats lack or misspell some of the partnership's languages (Italian months in
capitals, Albanian times in English style), so dates of content are written by Babel.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_time, get_timezone_name
from babel.numbers import format_decimal, format_percent


def babel_locale(code: str) -> Locale:
    """Returns the CLDR locale of a language code; an unknown one is written as in English."""
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


@lru_cache(maxsize=1_000)
def long_date(day: date, code: str) -> str:
    """Writes a day in full: "29 March 2021" in English, "29 marzo 2021" in Italian."""
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    return format_date(day, "long", locale=locale)


def month_and_year(day: date, code: str) -> str:
    """Writes a month with its year: "September 2021"."""
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    return format_date(day, "LLLL y", locale=locale)


def date_span(first: date, last: date | None, code: str, *, only_months: bool = False) -> str:
    """Writes a span of time as briefly as the language allows: "15–25 Mar 2021".

    Without ``last`` (or with the same day) it is one day, or one month if ``only_months``.
    """
    same = (last.year, last.month) == (first.year, first.month) if last else True
    if only_months and same:
        return month_and_year(first, code)
    if last is None or last == first:
        return long_date(first, code)
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    skeleton = "yMMMM" if only_months else "yMMMMd"
    return str(format_interval(first, last, skeleton, locale=locale))


def clock_span(first: datetime, last: datetime | None, code: str) -> str:
    """Writes hours with their time zone: "10:00–12:00 CET"; ``last`` may be unknown."""
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    hours = [format_time(each, "short", locale=locale) for each in (first, last) if each]
    zone = get_timezone_name(first, width="short", locale=locale)
    return f"{'–'.join(hours)} {zone}"


def decimal_number(number: Decimal, code: str) -> str:
    """Writes a number: "12,345.5" in English, "12.345,5" in Italian."""
    return format_decimal(number, locale=babel_locale(code))


def percentage(share: Decimal, code: str) -> str:
    """Writes a share of 100 with its sign: "42.5%" in English, "42,5 %" in Finnish."""
    locale = babel_locale(code)
    whole = locale.percent_formats[None].pattern
    fine = whole.replace("#,##0", "#,##0.##")
    return format_percent(share / 100, format=fine, locale=locale)
