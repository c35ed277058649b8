"""The languages the site speaks, each under its BCP 47 code and with its name in itself.

Settings take ``LANGUAGES`` from here, so nothing here may read a setting at import.
"""

from contextlib import suppress
from typing import Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant

LANGUAGE_NAMES: Final[dict[str, str]] = {
    "en": "English",
    "it": "italiano",
    "nl": "Nederlands",
    "fi": "suomi",
    "sl": "slovenščina",
    "hr": "hrvatski",
    "bs": "bosanski",
    "cnr": "crnogorski",
    "sr-latn": "srpski (latinica)",
    "sr": "српски",
    "sq": "shqip",
    "es": "español",
    "ca": "català",
}
"""Own names by code, in the order in which language lists show them."""

ENGLISH_NAMES: Final[dict[str, str]] = {
    "en": "English",
    "it": "Italian",
    "nl": "Dutch",
    "fi": "Finnish",
    "sl": "Slovenian",
    "hr": "Croatian",
    "bs": "Bosnian",
    "cnr": "Montenegrin",
    "sr-latn": "Serbian (Latin)",
    "sr": "Serbian (Cyrillic)",
    "sq": "Albanian",
    "es": "Spanish",
    "ca": "Catalan",
}

LANGUAGES: Final[list[tuple[str, str]]] = list(ENGLISH_NAMES.items())
"""Value for the Django setting of the same name."""

SUCCESSORS: Final = {"sh": "sr-latn"}
"""Codes that old browsers send: "sh" was Serbo-Croatian in Latin letters."""

CYRILLIC: Final = frozenset({"sr"})
"""Languages that are written in Cyrillic."""


def register_languages() -> None:
    """Makes Montenegrin known to Django, which lacks it, and names all languages in one way.

    Django begins the own names of Croatian and Slovenian with a capital, others not.
    """
    for code, name in LANGUAGE_NAMES.items():
        known = LANG_INFO.get(code, {"bidi": False, "code": code, "name": ENGLISH_NAMES[code]})
        LANG_INFO[code] = {**known, "name_local": name}


def own_name(code: str) -> str:
    """Returns a language's name in itself ("shqip"); an unknown code is its own name."""
    return LANGUAGE_NAMES.get(code, code)


def content_languages() -> list[str]:
    """Returns the codes of the site's content languages, in its own order."""
    return list(get_content_languages())


def content_language(code: str) -> str:
    """Returns the site's content language for a language code; the default one if it has none.

    Settings and browsers say "en-us" where the pages of the site are in "en".
    """
    try:
        return str(get_supported_content_language_variant(code))
    except LookupError:
        return default_language()


def preferred_language(header: str) -> str:
    """Returns the first language of an ``Accept-Language`` header that the site speaks."""
    for code, _quality in parse_accept_lang_header(header.lower()):
        with suppress(LookupError):
            return get_supported_language_variant(SUCCESSORS.get(code.partition("-")[0], code))
    return str(settings.LANGUAGE_CODE)


def default_language() -> str:
    """Returns the content language of those who ask for none: that of ``LANGUAGE_CODE``."""
    try:
        return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))
    except LookupError:
        return content_languages()[0]


def language_choices() -> list[tuple[str, str]]:
    """Returns the site's content languages, as choices that stay out of migrations."""
    return list(get_content_languages().items())
