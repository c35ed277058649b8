"""The types of the listing protocol, by the names that addresses of feeds and API have."""

from typing import Any

from django.utils.text import capfirst

from v2v_snippets.publication.listing import listed_models


def listing_type_choices() -> list[tuple[str, str]]:
    """Returns the types that the site has, as choices that stay out of migrations."""
    models: list[Any] = list(listed_models())
    return sorted(
        (model.listing_type, str(capfirst(model._meta.verbose_name_plural))) for model in models
    )
