"""The permanent URIs of concepts: what other vocabularies, files and sites know them by.

A page's path may change, a URI never does. So it names no language and no page; where a reader is
led from it is looked up anew with each request.
"""

from typing import Final

from django.conf import settings
from wagtail.models import Site

GLOSSARY_PATH: Final = "/id/glossary"
"""Where a project mounts ``v2v_pages.urls``, as the URIs have it."""


def glossary_uri() -> str:
    """Returns the URI of the glossary as a whole.

    Its beginning is the setting ``V2V_GLOSSARY_URI_BASE`` ("https://v2v.example"); without it, the
    address of the default site, which costs a query.
    """
    base = getattr(settings, "V2V_GLOSSARY_URI_BASE", "")
    if not base:
        site = Site.objects.filter(is_default_site=True).first()
        base = site.root_url if site else ""
    return base.rstrip("/") + GLOSSARY_PATH


def concept_uri(identifier: str, *, glossary: str = "") -> str:
    """Returns the URI of a concept: "https://v2v.example/id/glossary/C-0001".

    Args:
        identifier: Of the concept.
        glossary: What ``glossary_uri()`` returned, where many are written at once.
    """
    return f"{glossary or glossary_uri()}/{identifier}"
