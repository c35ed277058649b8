"""Which languages go out, and how many readers get each, also those who read another one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from v2v_snippets.language.fallback import best_of
from v2v_snippets.language.locales import own_name

from ..models import Dispatch, MailingList, Subscription
from ..services.dispatching.selecting import readers_of


@dataclass(slots=True)
class Coverage:
    """One language that goes out."""

    language: str
    own: int = 0
    """Readers who chose it."""
    others: dict[str, int] = field(default_factory=dict)
    """Readers who chose another one, by language."""

    @property
    def name(self) -> str:
        """The language by its own name."""
        return own_name(self.language)

    @property
    def readers(self) -> int:
        """All who get it."""
        return self.own + sum(self.others.values())

    @property
    def fallbacks(self) -> list[tuple[str, int]]:
        """The others by the names of their languages, most readers first."""
        ordered = sorted(self.others.items(), key=lambda item: (-item[1], item[0]))
        return [(own_name(language), number) for language, number in ordered]


def coverage_of_lists(languages: Sequence[str], lists: Iterable[MailingList]) -> list[Coverage]:
    """Returns who would get which language, were the issue sent to these lists: one query."""
    return _covered(languages, Subscription.objects.mailable().filter(mailing_list__in=list(lists)))


def coverage_of_dispatch(languages: Sequence[str], dispatch: Dispatch) -> list[Coverage]:
    """Returns who would get which language, were the dispatch sent now."""
    return _covered(languages, readers_of(dispatch))


def readers_of_lists() -> dict[int, int]:
    """Returns how many get mail of each list, by its primary key: one query."""
    rows = Subscription.objects.mailable().order_by().values_list("mailing_list")
    return dict(rows.annotate(number=Count("pk")))


def _covered(languages: Sequence[str], subscriptions: "QuerySet[Any]") -> list[Coverage]:
    found = {language: Coverage(language) for language in languages}
    by_language = subscriptions.order_by().values_list("subscriber__locale")
    readers = by_language.annotate(number=Count("subscriber", distinct=True))
    for chosen, number in readers if found else ():
        served = best_of({language: language for language in found}, chosen)
        if served == chosen:
            found[chosen].own += number
        elif served is not None:
            found[served].others[chosen] = number
    return list(found.values())
