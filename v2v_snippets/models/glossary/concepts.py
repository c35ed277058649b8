"""Concepts, and how they relate to each other and to other vocabularies."""

from collections.abc import Collection
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from ...enums import (
    ConceptDomain,
    ConceptStatus,
    MappingRelation,
    RelationKind,
    TermStatus,
    Vocabulary,
)
from ...language.fallback import best_text
from ...querysets import ConceptNumberQuerySet, ConceptQuerySet

FREED: Final = {
    "designations": {"status": TermStatus.ADMITTED, "term": ""},
    "definitions": {"language": ""},
    "mappings": {"uri": ""},
    "national_equivalents": {"term": ""},
}
"""Values that no constraint counts, for rows that are about to be written anew, one by one."""


class ConceptNumber(models.Model):
    """A number that was given to a concept once, and is never given again."""

    number = models.PositiveIntegerField(primary_key=True)

    objects = ConceptNumberQuerySet.as_manager()

    def __str__(self) -> str:
        return f"C-{self.number:04}"


class GlossaryConcept(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One idea of vocational education, whatever it is called in whichever language."""

    identifier = models.CharField(_("identifier"), max_length=12, unique=True, editable=False)
    domain = models.CharField(_("domain"), max_length=24, choices=ConceptDomain.choices)
    status = models.CharField(
        _("status"), max_length=12, choices=ConceptStatus.choices, default=ConceptStatus.DRAFT
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("Where readers of a retired concept are led."),
    )

    # as Wagtail has it, under a name that no model of a host site has
    locked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="v2v_locked_concepts",
        verbose_name=_("locked by"),
    )
    locked_by.wagtail_reference_index_ignore = True
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="v2v_glossary_concept")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="v2v_glossary_concept",
        for_concrete_model=False,
    )

    objects: Any = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["identifier"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaced_by__isnull=True)
                | models.Q(status=ConceptStatus.RETIRED),
                name="v2v_concept_replaced_when_retired",
                violation_error_message=_("Only a retired concept is replaced by another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.identifier})" if self.name else self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives a new concept its number, and lets the rows of an old one change places.

        Rows are written one by one: while two terms swap their places, a language would have two
        preferred ones for a moment.
        """
        with transaction.atomic():
            if self.pk is None:
                self._take_number()
            else:
                self._free_what_is_unique(kwargs.get("update_fields"))
            super().save(*args, **kwargs)

    def _take_number(self) -> None:
        if self.identifier:
            ConceptNumber.objects.reserve([self.identifier])
        else:
            self.identifier = ConceptNumber.objects.take_next()

    def _free_what_is_unique(self, update_fields: Collection[str] | None) -> None:
        changed = set(getattr(self, "_cluster_related_objects", {}))
        if update_fields is not None:
            changed &= set(update_fields)
        for relation in changed & FREED.keys():
            getattr(self, relation).get_live_queryset().update(**FREED[relation])
        if "relations" in changed:
            # they come back under their own keys; nothing points at them
            self.relations.get_live_queryset().delete()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Names the template in which editors see what they have not published yet."""
        return "v2v_snippets/glossary_concept.html"

    @property
    def name(self) -> str:
        """The preferred term nearest to the language of the page being written; "" for none.

        Lists load the terms before: ``with_names()``.
        """
        word = self.preferred_in(get_language() or "")
        return word.term if word else ""

    def preferred_in(self, language: str) -> Any:
        """Returns the preferred term nearest to ``language`` along its fallback chain, or None."""
        words = self.designations.all()
        return best_text([word for word in words if word.status == TermStatus.PREFERRED], language)

    @property
    def revisions(self) -> Any:
        """The earlier states, as Wagtail's history reads them."""
        return self._revisions


class ConceptRelation(Orderable):
    """One concept above this one, or one that is related to it (stored on one side)."""

    concept = ParentalKey(GlossaryConcept, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(
        _("relation"), max_length=8, choices=RelationKind.choices, default=RelationKind.BROADER
    )
    target = models.ForeignKey(
        GlossaryConcept,
        on_delete=models.CASCADE,
        related_name="relations_from",
        verbose_name=_("concept"),
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("target")])]

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        constraints = [
            models.UniqueConstraint(fields=["concept", "target"], name="v2v_relation_once"),
            models.CheckConstraint(
                condition=~models.Q(concept=models.F("target")),
                name="v2v_relation_to_another",
                violation_error_message=_("A concept has no relation to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"


class ConceptMapping(Orderable):
    """The concept of another vocabulary that ours matches, by its URI."""

    concept = ParentalKey(GlossaryConcept, on_delete=models.CASCADE, related_name="mappings")
    relation = models.CharField(
        _("match"), max_length=8, choices=MappingRelation.choices, default=MappingRelation.EXACT
    )
    vocabulary = models.CharField(_("vocabulary"), max_length=8, choices=Vocabulary.choices)
    uri = models.URLField(_("URI"), help_text=_("As the vocabulary gives it, to be copied whole."))

    panels = [FieldRowPanel(["relation", "vocabulary"]), FieldPanel("uri")]

    class Meta(Orderable.Meta):
        verbose_name = _("mapping")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "uri"], condition=~models.Q(uri=""), name="v2v_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return self.uri
