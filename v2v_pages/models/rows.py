"""Pages that are read from the database by the dozen, without what only new ones need."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Self

from wagtail.models import Page, PageViewRestriction

from v2v_snippets.rows import as_instance

NO_RESTRICTIONS = PageViewRestriction.objects.none()
"""Looked at once for all pages: to find an empty set empty costs Django a query's preparation."""


class ReadAsRow:
    """Mixed into page types: what has been stored is made without any constructor."""

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Sequence[str], values: Sequence[Any], **state: Any
    ) -> Self:
        """Makes an instance of a row; ``state`` is what newer versions of Django say besides."""
        model: Any = cls
        if _has_known_constructors(model):
            row: Self = as_instance(model, field_names, values, db=db, **state)
            return row
        page: Any = super()
        constructed: Self = page.from_db(db, field_names, values, **state)
        return constructed

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
    return all(
        base in known or {"__init__", "from_db"}.isdisjoint(vars(base)) for base in model.__mro__
    )
