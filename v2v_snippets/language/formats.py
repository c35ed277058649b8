"""Dates as each language writes them, from the Unicode CLDR.

Django's own formats lack or misspell some of the partnership's languages (Italian months in
capitals, Albanian times in English style), so dates of content are written by Babel.
"""

from datetime import date

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date


def babel_locale(code: str) -> Locale:
    """Returns the CLDR locale of a language code; an unknown one is written as in English."""
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def long_date(day: date, code: str) -> str:
    """Writes a day in full: "29 March 2021" in English, "29 marzo 2021" in Italian."""
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    return format_date(day, "long", locale=locale)


def month_and_year(day: date, code: str) -> str:
    """Writes a month with its year: "September 2021"."""
    locale = Locale("en", "GB") if code == "en" else babel_locale(code)
    return format_date(day, "LLLL y", locale=locale)
