"""Lists below whose addresses records have their own, which items name with each record."""

from functools import cache
from typing import Final

from wagtail.models import get_page_models

HOLDS_RECORDS: Final = "holds_records"
"""A page type with this attribute set is such a list, as the directory of partners is."""


@cache
def record_list_types() -> frozenset[str]:
    """Returns these page types, as Django names them."""
    models = (model for model in get_page_models() if getattr(model, HOLDS_RECORDS, False))
    return frozenset(model._meta.label_lower for model in models)
