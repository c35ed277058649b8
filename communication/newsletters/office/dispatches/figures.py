"""What became of a dispatch, in figures: what servers said, never what readers did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from communication.delivery.enums import UNFINISHED_STATES, OutgoingState
from v2v_snippets.language.locales import own_name

from ...enums import AfterState
from ...models import Delivery, Dispatch


@dataclass(slots=True)
class Figures:
    """Counts of recipients. All of them are in exactly one of the first five."""

    accepted: int = 0
    failed: int = 0
    uncertain: int = 0
    skipped: int = 0
    waiting: int = 0
    delivered: int = 0
    """Of the accepted, as far as a provider says so."""
    bounced: int = 0
    complained: int = 0

    @property
    def selected(self) -> int:
        """All recipients."""
        return self.done + self.waiting

    @property
    def done(self) -> int:
        """Those of whom it is settled, one way or the other."""
        return self.accepted + self.failed + self.uncertain + self.skipped

    def add(self, state: str, after_state: str, number: int) -> None:
        """Adds so many recipients."""
        name = "waiting" if state in UNFINISHED_STATES else state
        setattr(self, name, getattr(self, name) + number)
        if after_state:
            setattr(self, after_state, getattr(self, after_state) + number)


@dataclass(slots=True)
class DispatchFigures:
    """All figures of a dispatch, and the same by language."""

    total: Figures = field(default_factory=Figures)
    by_language: dict[str, Figures] = field(default_factory=dict)
    """By own names of languages, the one with most recipients first."""


def read_figures(dispatch: Dispatch) -> DispatchFigures:
    """Counts the recipients of a dispatch: one query, however many there are."""
    rows = Delivery.objects.filter(dispatch=dispatch).order_by()
    counted = rows.values_list("variant__locale", "state", "after_state")
    found, sizes = DispatchFigures(), Counter[str]()
    for locale, state, after_state, number in counted.annotate(number=Count("pk")):
        name = own_name(locale)
        found.total.add(state, after_state, number)
        found.by_language.setdefault(name, Figures()).add(state, after_state, number)
        sizes[name] += number
    ordered = sorted(sizes, key=lambda name: (-sizes[name], name))
    found.by_language = {name: found.by_language[name] for name in ordered}
    return found


def unsubscribed_since(dispatch: Dispatch) -> int:
    """Returns how many who got the mail have left the list by which they got it: one query.

    Whoever came back, was erased, or whose row has forgotten them, has left it still.
    """
    accepted = Delivery.objects.filter(dispatch=dispatch, state=OutgoingState.ACCEPTED)
    return int(accepted.filter(left_at__isnull=False).count())


def after_words(figures: Figures) -> list[tuple[Any, int]]:
    """Returns what was heard of mails after they had been accepted, in words."""
    words: Iterable[AfterState] = AfterState
    return [(each.label, getattr(figures, each.value)) for each in words]
