"""What types of items are called outside: as addresses of the API and of feeds have it."""

from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from v2v_snippets.publication.listing import Listed

SETTING: Final = "V2V_ITEM_TYPE_NAME"
"""Names a function that returns the name of a page type; the API brings one along."""


def item_type_name(label: str) -> str:
    """Returns the name of a page type that Django calls ``label`` ("v2v_pages.newspage": "news").

    Without the API it is the type of the listing protocol, or, for what is in no list, the label.
    """
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        return label  # a type that the site had once
    if function := getattr(settings, SETTING, ""):
        return str(import_string(function)(model))
    return model.listing_type if issubclass(model, Listed) else label
