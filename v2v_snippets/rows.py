"""Instances of stored rows, made without the constructors that only new ones need.

Wagtail's pages look for relations among named arguments, in all fields and twice, and for pages
without a key; Django sets forty attributes one by one. For a list of twenty, that takes as long as
a query.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Row = TypeVar("Row", bound=Model)

HELD_AS_READ: Final = {DeferredAttribute, ForeignKeyDeferredAttribute}
"""Descriptors of columns whose value an instance that is just being made holds as it was read."""


def as_instance(
    model: type[Row], columns: Iterable[str], values: Iterable[Any], *, db: str | None, **state: Any
) -> Row:
    """Returns a stored row as an instance, as ``Model.from_db`` and ``Model.__init__`` do.

    Args:
        model: Of the row; no constructor of it is called.
        columns: Names of the columns that were read; others are read when they are asked for.
        values: Of these columns.
        db: Alias of the database.
        state: What newer versions of Django say of the instance besides.
    """
    pre_init.send(sender=model, args=values, kwargs={})
    row = model.__new__(model)
    own = ModelState()
    vars(own).update(adding=False, db=db)
    if state:
        vars(own).update({name: value for name, value in state.items() if value is not None})
    held = vars(row)
    held.update(zip(columns, values, strict=True), _state=own)
    for name in _made_of_columns(model):
        if name in held:
            setattr(row, name, held.pop(name))
    post_init.send(sender=model, instance=row)
    return row


@cache
def _made_of_columns(model: type[Model]) -> list[str]:
    """Returns the columns from which attributes are made, such as streams of blocks."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if type(getattr(model, name)) not in HELD_AS_READ]
