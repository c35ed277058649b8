"""Pages that are read from the database by the dozen, without what only new ones need."""

from functools import cache
from typing import Any, cast

from django.db.models import Model
from wagtail.models import Page, PageViewRestriction

NO_RESTRICTIONS = PageViewRestriction.objects.none()
"""Looked at once for all pages: to find an empty set empty costs Django a query's preparation."""


class ReadAsRow:
    """Mixed into page types: what has been stored needs only Django's own constructor.

    Those between look for relations among named arguments, in all fields and twice, and for pages
    without a key: for a list of twenty, that takes as long as a query.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        model: Any = type(self)
        if args and not kwargs and _has_known_constructors(model):
            Model.__init__(cast("Model", self), *args)
        else:
            super().__init__(*args, **kwargs)

    is_open = False
    """Known to lie under no view restriction; the search by path tells."""

    def get_view_restrictions(self) -> Any:
        """Spares the two queries where the answer is known."""
        if self.is_open:
            return NO_RESTRICTIONS
        page: Any = super()
        return page.get_view_restrictions()


@cache
def _has_known_constructors(model: type) -> bool:
    """Tells whether no app has added a constructor of its own."""
    known = {ReadAsRow, *Page.__mro__}
    return all(base in known or "__init__" not in vars(base) for base in model.__mro__)
