"""Writes concepts, so that what must hold in the termbase holds whoever writes.

No constraint sees a circle of broader concepts, or that an approved concept is defined: these rules
span rows and tables. So they are checked under a lock that all writers take.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from ..enums import ConceptStatus
from ..glossary_rules import Breach
from ..models import ConceptNumber, GlossaryConcept
from ..publication.changes import recording_changes
from .glossary_checks import breaches_of, field_breaches


class ConceptRefusedError(ValidationError):
    """Says all that is wrong with a concept; ``breaches`` has the place of each."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__([breach.message for breach in breaches])
        self.breaches = list(breaches)


@contextmanager
def locked_termbase() -> Iterator[None]:
    """Lets nobody else write concepts until this transaction ends.

    The lock is the first number that was ever given: it is never deleted, and before there is one,
    there is no other concept to be in conflict with.
    """
    with recording_changes():
        ConceptNumber.objects.select_for_update().order_by("number").first()
        yield


def save_concept(*, concept: GlossaryConcept, user: Any = None) -> GlossaryConcept:
    """Publishes a concept as it stands in memory, new or changed, with a revision of it.

    Args:
        concept: with its rows; nothing of it is written when it is refused.
        user: whom the history names.

    Returns:
        The concept as it is stored now.

    Raises:
        ConceptRefusedError: when it breaks rules, with all of them.
    """
    with locked_termbase():
        breaches = [*field_breaches(concept), *breaches_of(concept)]
        if breaches:
            raise ConceptRefusedError(breaches)
        if concept.pk is None:
            concept.live = False
            concept.save()
        revision = concept.save_revision(user=user, log_action=True)
        revision.publish(user=user, skip_permission_checks=True)
    return GlossaryConcept.objects.get(pk=concept.pk)


def approve_concept(*, concept: GlossaryConcept, user: Any = None) -> GlossaryConcept:
    """Publishes a concept as one that texts may rely on.

    Raises:
        ConceptRefusedError: when English term, definition or source are missing, among others.
    """
    concept.status = ConceptStatus.APPROVED
    concept.replaced_by = None
    return save_concept(concept=concept, user=user)


def retire_concept(
    *, concept: GlossaryConcept, replaced_by: GlossaryConcept | None = None, user: Any = None
) -> GlossaryConcept:
    """Takes a concept out of use; its identifier stays, and leads to what replaces it.

    Raises:
        ConceptRefusedError: when it would replace itself, also by way of others.
    """
    concept.status = ConceptStatus.RETIRED
    concept.replaced_by = replaced_by
    return save_concept(concept=concept, user=user)
