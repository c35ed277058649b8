"""Who sends, and who pays for it: what a project tells us through ``V2V_MAIL_FOOTER``."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from v2v_snippets.publication.listing import ListingText


def controller_and_funding(language: str) -> tuple[list[str], list[ListingText]]:
    """Returns the lines of the controller, and the sentences about funding; nothing is a must.

    The setting names a function of the language that returns both.
    """
    name = getattr(settings, "V2V_MAIL_FOOTER", "")
    if not name:
        return [], []
    read: Callable[[str], tuple[list[str], list[ListingText]]] = import_string(name)
    return read(language)
