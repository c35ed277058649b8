"""The types of the listing protocol, by the names that addresses of feeds and API have."""

from collections.abc import Collection
from typing import Any

from django.utils.text import capfirst

from v2v_snippets.publication.listing import listed_models


def listing_type_choices() -> list[tuple[str, str]]:
    """Returns the types that the site has, as choices that stay out of migrations."""
    models: list[Any] = list(listed_models())
    return sorted(
        (model.listing_type, str(capfirst(model._meta.verbose_name_plural))) for model in models
    )


def unreadable_types(readable: Collection[str]) -> frozenset[str]:
    """Returns the types that the site has besides the readable ones; with none named, all are."""
    known = listing_type_choices() if readable else ()
    return frozenset(name for name, _label in known if name not in readable)
