"""What each record is read with, in a constant number of queries, as QuerySet verbs."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import IntegrityError, models, transaction

from .enums import ConceptStatus, IndicatorGroup, TermStatus
from .language.folding import fold

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:  # generic only in stubs
    Rows = models.QuerySet

IDENTIFIER: Final = re.compile(r"C-(\d{4}|[1-9]\d{4,8})")
ATTEMPTS: Final = 100
"""How often somebody else may be faster in taking the next number of a concept."""


class PartnerQuerySet(Rows):
    """Reads partners together with what every list of them shows."""

    def with_texts(self) -> Self:
        """Loads countries and the texts of all languages with the partners: 4 queries in all."""
        return self.select_related("country", "logo").prefetch_related(
            "texts", "aliases", "country__texts"
        )


class TwinningQuerySet(Rows):
    """Reads twinnings together with both schools."""

    def with_schools(self) -> Self:
        """Loads schools, countries and all texts with the twinnings: 4 queries in all."""
        return self.select_related(
            "european_school__country", "balkan_school__country"
        ).prefetch_related(
            "texts", "european_school__country__texts", "balkan_school__country__texts"
        )


class TwinningManager(models.Manager[Any]):
    """Loads both schools with every twinning, since its name is made of theirs."""

    def get_queryset(self) -> TwinningQuerySet:
        """Joins the schools: lists and choosers of the admin would ask for each one by one."""
        twinnings = TwinningQuerySet(self.model, using=self._db)
        return twinnings.select_related("european_school", "balkan_school")

    def with_schools(self) -> TwinningQuerySet:
        """As the verb of the QuerySet."""
        return self.get_queryset().with_schools()


class ConceptQuerySet(models.QuerySet[Any]):
    """Reads concepts of the glossary with their words."""

    def public(self) -> Self:
        """Keeps the concepts that everybody may read: published, and approved."""
        return self.filter(live=True, status=ConceptStatus.APPROVED)

    def retired(self) -> Self:
        """Keeps what was retired: everybody may know that, but nobody reads its words any more."""
        return self.filter(live=True, status=ConceptStatus.RETIRED)

    def with_words(self) -> Self:
        """Loads the terms and definitions of all languages: 3 queries in all."""
        return self.prefetch_related("designations", "definitions")

    def found_by(self, text: str) -> Self:
        """Keeps what has ``text`` in its identifier or in a term of any language or script.

        "skola" finds "škola" and "школа"; deprecated, hidden and inflected forms count, too.
        """
        words = self.model._meta.get_field("designations").related_model.objects
        folded = fold(text)
        if not folded:
            return self.none()
        named = words.filter(
            models.Q(folded__contains=folded) | models.Q(folded_forms__contains=folded),
            concept=models.OuterRef("pk"),
        )
        return self.filter(models.Exists(named) | models.Q(identifier__icontains=text.strip()))

    def without_term_in(self, language: str) -> Self:
        """Keeps what has no preferred term in a language, and is not retired."""
        words = self.model._meta.get_field("designations").related_model.objects
        named = words.exclude(term="").filter(
            concept=models.OuterRef("pk"), language=language, status=TermStatus.PREFERRED
        )
        return self.exclude(status=ConceptStatus.RETIRED).exclude(models.Exists(named))

    def with_names(self) -> Self:
        """Loads the terms, so that ``str()`` asks nothing: 2 queries in all."""
        return self.prefetch_related("designations")


class ConceptNumberQuerySet(models.QuerySet[Any]):
    """Gives out the numbers of concepts, each once."""

    def take_next(self) -> str:
        """Returns an identifier that no concept has had, also if others take one at once.

        Who inserts second waits for the first one's transaction, and takes the number after.

        Raises:
            IntegrityError: when others were faster a hundred times.
        """
        for attempt in range(1, ATTEMPTS + 1):
            last = self.aggregate(last=models.Max("number"))["last"] or 0
            try:
                with transaction.atomic():
                    return str(self.create(number=last + 1))
            except IntegrityError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError  # pragma: no cover  (the loop returns or raises)

    def following(self, identifiers: Iterable[str]) -> Iterator[str]:
        """Gives identifiers that neither a concept has had nor ``identifiers`` holds; takes none.

        Only under the lock of the termbase are they still free when they are reserved.
        """
        last = self.aggregate(last=models.Max("number"))["last"] or 0
        taken = map(self.number_of, identifiers)
        for number in count(max([last, *taken]) + 1):
            yield str(self.model(number=number))

    def reserve(self, identifiers: Iterable[str]) -> None:
        """Keeps identifiers that an import brings from being given to others: one query.

        A number that is taken already stays so: the concept may come back under its own.

        Raises:
            ValueError: when one of them is not like "C-0001".
        """
        numbers = [self.number_of(identifier) for identifier in identifiers]
        self.bulk_create([self.model(number=number) for number in numbers], ignore_conflicts=True)

    @staticmethod
    def number_of(identifier: str) -> int:
        """Returns 7 for "C-0007".

        Raises:
            ValueError: when it is no identifier of a concept.
        """
        match = IDENTIFIER.fullmatch(identifier)
        if match is None or int(match[1]) == 0:
            raise ValueError(f"{identifier!r} is not like C-0001.")
        return int(match[1])


class IndicatorQuerySet(Rows):
    """Reads the catalogue of indicators."""

    def catalogue(self) -> list[Any]:
        """Returns all indicators with their words, in the order of groups: 2 queries."""
        groups = list(IndicatorGroup.values)
        indicators = self.prefetch_related("texts").order_by("position", "key")
        return sorted(indicators, key=lambda indicator: groups.index(indicator.group))
