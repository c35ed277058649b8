"""The language that a request asks for.

It stands in the address alone. What a partner's script gets must not depend on headers that it
never thought of, and one address is one entry in every cache.
"""

from dataclasses import dataclass

from django.conf import settings
from wagtail.coreutils import get_content_languages


@dataclass(frozen=True, slots=True)
class Asked:
    """The language asked for (BCP 47), and whether another one will do."""

    language: str
    accepts_other: bool


def content_languages() -> list[str]:
    """Returns the codes of the languages that the site publishes in, in its own order."""
    return list(get_content_languages())


def default_language() -> str:
    """Returns the language of requests that name none."""
    languages = content_languages()
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in languages else languages[0]
