"""The rows of a VET system: its values and its programmes.

Rows are translatable, so that translators get their words; their facts (numbers, years, sources)
are read from the original alone: see ``v2v_pages.vet_systems.profiles``.
"""

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from v2v_snippets.enums import IndicatorKind
from v2v_snippets.language.locales import language_choices
from v2v_snippets.models import NationalEquivalent, VETIndicator

FIELD_OF_KIND: Final = {
    IndicatorKind.TEXT: "text",
    IndicatorKind.NUMBER: "number",
    IndicatorKind.PERCENT: "number",
    IndicatorKind.YEARS: "number",
    IndicatorKind.YES_NO: "yes_no",
}
"""The field in which a value of each kind stands; the others are empty."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199


class SourcedRow(TranslatableMixin, Orderable):
    """Abstract base: where a row comes from, and for which year it holds."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text=_("The year that the information is about."),
    )
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Who says so, and where.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_("Readers are told that this is an example and no statistic."),
    )

    source_panels: ClassVar[list[Any]] = [
        FieldRowPanel(["year", "source", "source_url", "is_sample"])
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("source", overridable=False)
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """Asks for a source, unless the row says that it is a sample.

        Raises:
            ValidationError: on ``source``.
        """
        super().clean()
        if not self.source and not self.is_sample:
            raise ValidationError({"source": _("Say who says so, and where.")})


class VETValue(SourcedRow):
    """One value of one indicator; what is not documented has no row."""

    page = ParentalKey(
        "v2v_pages.VETSystemPage", on_delete=models.CASCADE, related_name="vet_values"
    )
    indicator = models.ForeignKey(
        VETIndicator,
        on_delete=models.PROTECT,
        related_name="vet_values",
        verbose_name=_("indicator"),
    )
    number = models.DecimalField(
        _("number"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    yes_no = models.BooleanField(_("yes or no"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What a reader must know to compare the value.")
    )

    panels = [
        FieldPanel("indicator"),
        FieldRowPanel(["number", "yes_no"]),
        FieldPanel("text"),
        *SourcedRow.source_panels,
        FieldPanel("note"),
    ]

    class Meta(SourcedRow.Meta):
        abstract = False
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(fields=["page", "indicator"], name="v2v_vet_value_once"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False, yes_no__isnull=True, text="")
                | models.Q(number__isnull=True, yes_no__isnull=False, text="")
                | (models.Q(number__isnull=True, yes_no__isnull=True) & ~models.Q(text="")),
                name="v2v_vet_value_of_one_kind",
                violation_error_message=_("Fill in exactly one: number, yes or no, or text."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.key} ({self.year})"

    @property
    def content(self) -> Any:
        """The value itself: a Decimal, a truth value or a text."""
        return next((v for v in (self.number, self.yes_no) if v is not None), self.text)

    def clean(self) -> None:
        """Holds the value to the kind of its indicator.

        Raises:
            ValidationError: on the field that is missing or too much, or on a number that cannot
                be a percentage or a number of years.
        """
        super().clean()
        if self.indicator_id is None:
            return
        wanted = FIELD_OF_KIND[IndicatorKind(self.indicator.kind)]
        filled = {name for name in ("number", "yes_no", "text") if self._has(name)}
        errors: dict[str, Any] = {
            name: _("This indicator has values of another kind: leave this empty.")
            for name in filled - {wanted}
        }
        if wanted not in filled:
            errors[wanted] = _("This indicator has values of this kind: fill it in.")
        elif wanted == "number" and self._is_out_of_range():
            errors["number"] = _("This number is out of the range of its indicator.")
        if errors:
            raise ValidationError(errors)

    def _has(self, name: str) -> bool:
        return getattr(self, name) not in (None, "")

    def _is_out_of_range(self) -> bool:
        most = {IndicatorKind.PERCENT: 100, IndicatorKind.YEARS: 99}.get(
            IndicatorKind(self.indicator.kind)
        )
        number = self.number
        return number is not None and (number < 0 or (most is not None and number > most))


class VETProgramme(SourcedRow):
    """One programme of a system, under the name that it has in its own language."""

    page = ParentalKey(
        "v2v_pages.VETSystemPage", on_delete=models.CASCADE, related_name="vet_programmes"
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("In the country's language."))
    language = models.CharField(_("language of the name"), max_length=16, choices=language_choices)
    gloss = models.CharField(
        _("in other words"),
        max_length=200,
        blank=True,
        help_text=_("What the name means, in the language of this page."),
    )
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    isced_level = models.CharField(
        _("ISCED level"), max_length=4, blank=True, help_text=_("As in ISCED-P 2011: 3, 354.")
    )
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    duration_years = models.DecimalField(
        _("years"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    work_based_share = models.PositiveSmallIntegerField(
        _("at work, in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    leads_to = models.CharField(_("leads to"), max_length=255, blank=True)
    equivalent = models.ForeignKey(
        NationalEquivalent,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("national equivalent in the glossary"),
    )
    admission_note = models.TextField(_("admission"), blank=True)

    panels = [
        FieldRowPanel(["name", "language"]),
        FieldPanel("gloss"),
        FieldRowPanel(["eqf_level", "isced_level", "age_from", "age_to"]),
        FieldRowPanel(["duration_years", "work_based_share"]),
        FieldPanel("leads_to"),
        FieldPanel("admission_note"),
        FieldPanel("equivalent"),
        *SourcedRow.source_panels,
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *SourcedRow.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("name", "isced_level")),
    ]

    class Meta(SourcedRow.Meta):
        abstract = False
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
                name="v2v_vet_programme_ages_in_order",
                violation_error_message=_("The ages are the wrong way round."),
            )
        ]

    def __str__(self) -> str:
        return self.name
