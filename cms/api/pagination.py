"""Pages of a list by signed cursors: what is added or withdrawn meanwhile shifts nothing.

There is no number of pages and no total: counting would cost more with each article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from .errors import BadParameterError

SALT: Final = "v2v_api.cursor"
NOT_OF_THE_SELECTION: Final = frozenset({"cursor", "limit", "fields", "include", "rich_text"})
"""Parameters that may change from page to page."""


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: a column that is never empty, then the primary key in the same direction."""

    column: str
    is_descending: bool = False

    @classmethod
    def named(cls, name: str, columns: dict[str, str]) -> "Order":
        """Returns the order that a parameter such as ``-published_on`` names."""
        return cls(columns[name.removeprefix("-")], name.startswith("-"))

    def applied_to(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Returns the rows in this order; what they are ordered by is read with them."""
        sign = "-" if self.is_descending else ""
        if self.column in queryset.query.annotations:
            queryset = queryset.annotate(**{self.column: F(self.column)})
        return queryset.order_by(f"{sign}{self.column}", f"{sign}pk")

    def behind(self, queryset: QuerySet[Model], value: Any, pk: int) -> QuerySet[Model]:
        """Returns the rows that stand behind the row with this value and key."""
        further = "lt" if self.is_descending else "gt"
        return queryset.filter(
            Q(**{f"{self.column}__{further}": value})
            | Q(**{self.column: value, f"pk__{further}": pk})
        )


class _Cursors:
    """Signs and reads where pages start."""

    def __init__(self, request: HttpRequest, limit: int, cursor: str) -> None:
        self.request = request
        self.limit = limit
        self.cursor = cursor

    @cached_property
    def _selection(self) -> str:
        """Stands for the list that a cursor belongs to."""
        asked = sorted(
            (name, values)
            for name, values in self.request.GET.lists()
            if name not in NOT_OF_THE_SELECTION
        )
        return blake2b(repr((self.request.path, asked)).encode(), digest_size=8).hexdigest()

    def _address(self, value: Any, number: int) -> str:
        """Returns the address of the page behind a row with this value and number."""
        # a title of 255 Cyrillic letters takes 2,000 characters as it is
        cursor = Signer(salt=SALT).sign_object([self._selection, value, number], compress=True)
        query = {**dict(self.request.GET.lists()), "cursor": [cursor]}
        return self.request.build_absolute_uri(
            f"{self.request.path}?{urlencode(query, doseq=True)}"
        )

    def _start(self) -> tuple[Any, int]:
        """Returns value and number of the row behind which this page starts."""
        try:
            selection, value, number = Signer(salt=SALT).unsign_object(self.cursor)
        except (BadSignature, ValueError):
            raise BadParameterError(
                "cursor", "This is no cursor of ours: follow the address in `next`."
            ) from None
        if selection != self._selection:
            raise BadParameterError(
                "cursor", "This cursor belongs to another list: keep all parameters but `limit`."
            )
        return value, number


class Pages(_Cursors):
    """One page of a list, and the address of the next."""

    def __init__(self, request: HttpRequest, order: Order, limit: int, cursor: str) -> None:
        super().__init__(request, limit, cursor)
        self.order = order

    def page(self, queryset: Any) -> tuple[list[Any], str | None]:
        """Returns the rows of this page and the address of the next one, in one query.

        Raises:
            BadParameterError: when the cursor is not one of ours, or belongs to another list.
        """
        if self.cursor:
            queryset = self.order.behind(queryset, *self._start())
        return self.cut(list(self.order.applied_to(queryset)[: self.limit + 1]))

    def cut(self, rows: list[Any]) -> tuple[list[Any], str | None]:
        """Returns the rows of this page and the address of the next one, of one row too many."""
        if len(rows) <= self.limit:
            return rows, None
        rows.pop()
        last = getattr(rows[-1], self.order.column)
        value = last.isoformat() if hasattr(last, "isoformat") else last
        return rows, self._address(value, rows[-1].pk)


class RankedPages(_Cursors):
    """One page of what was put in order already, such as the results of a search."""

    def part(self, names: Sequence[str]) -> tuple[int, int, str | None]:
        """Returns the first place of this page, its length, and the address of the next one.

        A page starts behind the last item of the one before; where that is gone, at its place.

        Raises:
            BadParameterError: when the cursor is not one of ours, or belongs to another list.
        """
        first = 0
        if self.cursor:
            last, first = self._start()
            first = names.index(last) + 1 if last in names else first
        end = first + self.limit
        further = self._address(names[end - 1], end) if end < len(names) else None
        return first, self.limit, further
