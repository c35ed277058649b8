"""Who gets an issue in which language: counts of readers, never the readers themselves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from v2v_snippets.language.fallback import best_of
from v2v_snippets.language.locales import content_languages, own_name

from ..models import MailingList, Subscription
from .versions import versions_going_out, versions_of


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """One language, whether the issue goes out in it, and who gets it."""

    code: str
    name: str
    """In itself."""
    is_ready: bool
    exists: bool
    """Whether there is a version at all, if only a beginning."""
    readers: int
    """Who asked for this language."""
    reads: str
    """Own name of the language in which they get the issue; "" where nothing goes out."""
    recipients: int
    """Who get the issue in this language, by choice or for want of theirs."""


def readers_by_language(lists: Iterable[MailingList | None]) -> dict[str, int]:
    """Counts those to whom these lists may be sent, by the language they asked for: one query.

    Whoever reads several of them counts once.
    """
    chosen = [each for each in lists if each is not None]
    rows = Subscription.objects.filter(mailing_list__in=chosen).mailable().order_by()
    counted = rows.values_list("subscriber__locale")
    return dict(counted.annotate(number=Count("subscriber", distinct=True)))


def language_for(reader: str, languages: Sequence[str]) -> str:
    """Returns in which of the languages that go out somebody reads; "" if none goes out."""
    return best_of({code: code for code in languages}, reader) or ""


def coverage_of(issue: Any) -> list[LanguageCoverage]:
    """Returns the languages that readers asked for, or in which the issue exists."""
    exists, ready = versions_of(issue), tuple(versions_going_out(issue))
    readers = readers_by_language([issue.mailing_list])
    gets = {code: language_for(code, ready) for code in readers}
    recipients: Counter[str] = Counter()
    for code, number in readers.items():
        recipients[gets[code]] += number
    known = content_languages()
    codes = [*known, *sorted(set(readers) - set(known))]
    return [
        LanguageCoverage(
            code=code,
            name=own_name(code),
            is_ready=code in ready,
            exists=code in exists,
            readers=readers.get(code, 0),
            reads=own_name(gets[code]) if gets.get(code) else "",
            recipients=recipients[code],
        )
        for code in codes
        if code in exists or code in readers
    ]
