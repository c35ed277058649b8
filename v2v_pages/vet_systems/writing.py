"""How numbers of VET systems are written, in the language being written."""

from decimal import Decimal

from django.utils.translation import get_language, ngettext

from v2v_snippets.language.formats import decimal_number, percentage


def years(number: Decimal) -> str:
    """Writes a number of years: "3 years"; one and a half are several."""
    count = int(number) if number == int(number) else 5
    written = decimal_number(number, get_language() or "")
    return ngettext("%(number)s year", "%(number)s years", count) % {"number": written}


def share(percent: int) -> str:
    """Writes a share of 100: "40%" in English, "40 %" in Finnish."""
    return percentage(Decimal(percent), get_language() or "")
