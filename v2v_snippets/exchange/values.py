"""Checks single values, as every format gives them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from .faults import Frame
from .records import clean, clean_lines
from .tables import Column, Kind
from .tags import WELL_FORMED, language_of

COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)
WEB_ADDRESS: Final = re.compile(r"""https?://[^\s<>"{}|\\^`]+""", re.IGNORECASE)


class WrongValueError(Exception):
    """Says what is wrong with a value."""


class OtherLanguageError(Exception):
    """Says that a row is in a language that the site has not."""


def checked(column: Column, value: str, frame: Frame) -> str:
    """Returns a value as concepts hold it.

    Raises:
        WrongValueError: with a sentence for people.
        OtherLanguageError: with the tag; the row is to be left out.
    """
    text = cleaned(column, value)
    if not text:
        if column.kind is Kind.LANGUAGE:
            raise WrongValueError(_("The language is missing."))
        if column.is_required:
            raise WrongValueError(_("“%s” is missing.") % column.name)
        return column.default
    return _CHECKS.get(column.kind, _text)(column, text, frame)


def cleaned(column: Column, value: str) -> str:
    """Returns a value without what no format can hold; it is not checked."""
    if column.kind is Kind.LINES:
        return clean_lines(value)
    return clean(value, multiline=column.kind is Kind.LONG_TEXT)


def _text(column: Column, text: str, _frame: Frame) -> str:
    if column.largest and len(text) > column.largest:
        message = _("“%(name)s” has %(length)d characters; there is room for %(largest)d.")
        raise WrongValueError(
            message % {"name": column.name, "length": len(text), "largest": column.largest}
        )
    return text


def _choice(column: Column, text: str, _frame: Frame) -> str:
    if text not in column.choices:
        message = _("“%(value)s” is no %(name)s; there are: %(choices)s.")
        names = {"value": text, "name": column.name, "choices": ", ".join(column.choices)}
        raise WrongValueError(message % names)
    return text


def _language(_column: Column, text: str, frame: Frame) -> str:
    if not WELL_FORMED.fullmatch(text.replace("_", "-")):
        raise WrongValueError(_("“%s” is no language tag.") % text)
    language = language_of(text, frame.languages)
    if language is None:
        raise OtherLanguageError(text)
    return language


def _country(_column: Column, text: str, _frame: Frame) -> str:
    if not COUNTRY.fullmatch(text.upper()):
        raise WrongValueError(_("“%s” is no country code of two letters.") % text)
    return text.upper()


def _number(column: Column, text: str, _frame: Frame) -> str:
    smallest = 1 if column.largest < 10 else 0
    if not (text.isascii() and text.isdigit() and smallest <= int(text[:9]) <= column.largest):
        message = _("“%(value)s” is no number from %(smallest)d to %(largest)d.")
        raise WrongValueError(
            message % {"value": text, "smallest": smallest, "largest": column.largest}
        )
    return str(int(text))


def _date(_column: Column, text: str, _frame: Frame) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise WrongValueError(_("“%s” is no date such as 2026-01-31.") % text) from error


def _uri(column: Column, text: str, frame: Frame) -> str:
    if not WEB_ADDRESS.fullmatch(text):
        raise WrongValueError(_("“%s” is no web address.") % text)
    return _text(column, text, frame)


_CHECKS: Final[dict[Kind, Callable[[Column, str, Frame], str]]] = {
    Kind.CHOICE: _choice,
    Kind.LANGUAGE: _language,
    Kind.COUNTRY: _country,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.URI: _uri,
}
