"""Which languages go out, and how many readers get each, also those who read another one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from v2v_snippets.language.locales import own_name

from ...issues.coverage import language_for, readers_by_language
from ...models import MailingList, Subscription


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
    found = {language: Coverage(language) for language in languages}
    for chosen, number in readers_by_language(lists).items() if found else ():
        served = language_for(chosen, languages)
        if served == chosen:
            found[chosen].own += number
        else:
            found[served].others[chosen] = number
    return list(found.values())


def readers_of_lists() -> dict[int, int]:
    """Returns how many get mail of each list, by its primary key: one query."""
    rows = Subscription.objects.mailable().order_by().values_list("mailing_list")
    return dict(rows.annotate(number=Count("pk")))
