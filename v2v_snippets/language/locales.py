"""The languages the site speaks, each under its BCP 47 code and with its name in itself.

Settings take ``LANGUAGES`` from here, so nothing here may read a setting at import.
"""

from typing import Final

from django.conf import settings

LANGUAGE_NAMES: Final[dict[str, str]] = {
    "en": "English",
    "it": "italiano",
    "fi": "suomi",
    "sq": "shqip",
}
"""Own names by code, in the order in which language lists show them."""

ENGLISH_NAMES: Final[dict[str, str]] = {
    "en": "English",
    "it": "Italian",
    "fi": "Finnish",
    "sq": "Albanian",
}

LANGUAGES: Final[list[tuple[str, str]]] = list(ENGLISH_NAMES.items())
"""Value for the Django setting of the same name."""


def own_name(code: str) -> str:
    """Returns a language's name in itself ("shqip"); an unknown code is its own name."""
    return LANGUAGE_NAMES.get(code, code)


def language_choices() -> list[tuple[str, str]]:
    """Returns the site's content languages, as choices that stay out of migrations."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)
