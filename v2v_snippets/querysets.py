"""What each record is read with, in a constant number of queries, as QuerySet verbs."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from .enums import ConceptStatus

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:  # generic only in stubs
    Rows = models.QuerySet


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


class ConceptQuerySet(Rows):
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
