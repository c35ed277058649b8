"""What can be said of every VET system in the same way, so that systems can be compared."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ..enums import IndicatorGroup, IndicatorKind
from ..querysets import IndicatorQuerySet
from .multilingual import MultilingualRecord, TextInLanguage


class VETIndicator(MultilingualRecord):
    """One property of VET systems: what it is called, what kind of value it has, in which unit.

    Kind and unit belong to the indicator, not to the value: only then do two values of it compare.
    """

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("Names the indicator in the API and in downloads; it should never change."),
    )
    group = models.CharField(_("group"), max_length=16, choices=IndicatorGroup.choices)
    kind = models.CharField(_("kind of value"), max_length=8, choices=IndicatorKind.choices)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Within its group: the lowest comes first.")
    )

    objects: ClassVar[Any] = IndicatorQuerySet.as_manager()

    panels = [
        FieldRowPanel(["key", "kind"]),
        FieldRowPanel(["group", "position"]),
        InlinePanel("texts", heading=_("Languages"), label=_("Language"), min_num=1),
    ]

    class Meta:
        verbose_name = _("indicator of VET systems")
        verbose_name_plural = _("indicators of VET systems")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        text = self.text
        return text.label if text else self.key

    def clean(self) -> None:
        """Keeps the kind of an indicator that has values: they would be of the wrong one.

        Raises:
            ValidationError: on ``kind``.
        """
        super().clean()
        before = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        if before is not None and before.kind != self.kind and self._has_values():
            message = _("Systems have values of this kind: make another indicator.")
            raise ValidationError({"kind": message})

    def _has_values(self) -> bool:
        """Asks whatever model protects the indicators that it uses."""
        relations: list[Any] = [
            each for each in self._meta.related_objects if each.on_delete is models.PROTECT
        ]
        return any(
            relation.related_model._default_manager.filter(**{relation.field.name: self}).exists()
            for relation in relations
        )


class VETIndicatorText(TextInLanguage):
    """What an indicator is called in one language, what it means, and what is counted."""

    indicator = ParentalKey(VETIndicator, on_delete=models.CASCADE, related_name="texts")
    label = models.CharField(_("label"), max_length=120)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("What exactly is counted or asked.")
    )
    unit = models.CharField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_("What a number counts, such as: learners. Percentages and years need none."),
    )

    panels = [
        FieldRowPanel(["language", "label", "unit"]),
        FieldPanel("explanation"),
    ]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "language"], name="v2v_indicator_text_per_language"
            )
        ]
