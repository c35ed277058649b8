"""Writes many concepts at once: what ``save()`` does for one, in a few queries for hundreds.

Keys for search and order, revisions, history and Wagtail's reference index are written here, since
no signal of Django's tells that rows were written in bulk.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ReferenceIndex, Revision

from ..exchange.merging import ConceptChange
from ..models import ConceptNumber, GlossaryConcept
from ..signals import concepts_written
from .glossary_checks import ROWS
from .glossary_rows import RowWriter

CHUNK: Final = 200
"""Concepts that are held in memory at once."""

IMPORTED: Final = "v2v_snippets.glossary_import"
"""What the history of a concept calls it."""


def write_changes(
    *,
    changes: Sequence[ConceptChange],
    user: Any,
    file_name: str,
    progress: Callable[[int, int], None],
) -> None:
    """Writes new and changed concepts, published; the caller holds the lock and has checked them.

    Args:
        changes: the concepts before and after.
        user: whom revisions and history name; None for nobody.
        file_name: what the history names as the source.
        progress: is told how many are written, and how many there are.
    """
    new = [change for change in changes if change.is_new]
    ConceptNumber.objects.reserve([change.identifier for change in new])
    _create(new)
    rows = RowWriter()
    history = _History(user, file_name)
    for chunk in _chunks(changes):
        rows.write(chunk)
    for number, chunk in enumerate(_chunks(changes)):
        progress(number * CHUNK, len(changes))
        concepts = _loaded(chunk)
        history.write(concepts)
        for concept in concepts:
            ReferenceIndex.create_or_update_for_object(concept)
        keys = [concept.pk for concept in concepts]
        concepts_written.send(sender=GlossaryConcept, keys=keys)
    progress(len(changes), len(changes))


def _create(changes: Iterable[ConceptChange]) -> None:
    now = timezone.now()
    GlossaryConcept.objects.bulk_create(
        [
            GlossaryConcept(
                identifier=change.identifier,
                domain=change.after.domain,
                status=change.after.status,
                first_published_at=now,
            )
            for change in changes
        ],
        batch_size=CHUNK,
    )


def _chunks(changes: Sequence[ConceptChange]) -> Iterator[Sequence[ConceptChange]]:
    for start in range(0, len(changes), CHUNK):
        yield changes[start : start + CHUNK]


def _loaded(chunk: Iterable[ConceptChange]) -> list[GlossaryConcept]:
    identifiers = [change.identifier for change in chunk]
    found = GlossaryConcept.objects.filter(identifier__in=identifiers)
    return list(found.prefetch_related(*ROWS).order_by("pk"))


class _History:
    """Writes a revision and a line of history for each concept, all of one import together."""

    def __init__(self, user: Any, file_name: str) -> None:
        self.user = user
        self.data = {"file": file_name}
        self.uuid = uuid4()
        self.now = timezone.now()
        self.content_type = ContentType.objects.get_for_model(
            GlossaryConcept, for_concrete_model=False
        )

    def write(self, concepts: list[GlossaryConcept]) -> None:
        """Keeps the concepts as they are now."""
        for concept in concepts:
            concept.has_unpublished_changes = False
            concept.last_published_at = self.now
        revisions = Revision.objects.bulk_create([self._revision(concept) for concept in concepts])
        for concept, revision in zip(concepts, revisions, strict=True):
            concept.latest_revision = revision
        keys = [concept.pk for concept in concepts]
        written = Revision.objects.filter(
            pk__in=[revision.pk for revision in revisions],
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        latest = Subquery(written.values("pk")[:1])
        found = GlossaryConcept.objects.filter(pk__in=keys)
        found.update(latest_revision=latest, last_published_at=self.now)
        found.filter(live=True).update(live_revision=F("latest_revision"))
        entries = registry.get_log_model_for_model(GlossaryConcept)
        entries.objects.bulk_create(
            [
                entries(
                    content_type=self.content_type,
                    object_id=str(concept.pk),
                    label=str(concept),
                    action=IMPORTED,
                    timestamp=self.now,
                    data=self.data,
                    user=self.user,
                    uuid=self.uuid,
                    revision=concept.latest_revision,
                    content_changed=True,
                )
                for concept in concepts
            ]
        )

    def _revision(self, concept: GlossaryConcept) -> Revision:
        return Revision(
            content_type=self.content_type,
            base_content_type=self.content_type,
            object_id=str(concept.pk),
            created_at=self.now,
            user=self.user,
            object_str=str(concept),
            content=concept.serializable_data(),
        )
