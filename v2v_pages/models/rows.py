"""Pages that are read from the database by the dozen, without what only new ones need."""

from functools import cache
from typing import Any

from django.db.models import Model
from wagtail.models import Page


class ReadAsRow:
    """Mixed into pages: what has been stored needs only Django's own constructor.

    Those between look for relations among named arguments, in all fields and twice, and for pages
    without a key: for a list of twenty, that takes as long as a query.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if args and not kwargs and _has_known_constructors(type(self)):
            Model.__init__(self, *args)
        else:
            super().__init__(*args, **kwargs)


@cache
def _has_known_constructors(model: type) -> bool:
    """Tells whether no app has added a constructor of its own."""
    known = {ReadAsRow, *Page.__mro__}
    return all(base in known or "__init__" not in vars(base) for base in model.__mro__)
