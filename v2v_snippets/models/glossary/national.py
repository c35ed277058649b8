"""What stands for a concept in one country: a programme, a school type, a qualification."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from ...enums import Equivalence
from ...language.locales import language_choices
from ..countries import Country
from ..media import PubliclyIdentified
from .concepts import GlossaryConcept


class NationalEquivalent(PubliclyIdentified, Orderable):
    """The national counterpart of a concept, and how far the two match."""

    concept = ParentalKey(
        GlossaryConcept, on_delete=models.CASCADE, related_name="national_equivalents"
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    term = models.CharField(_("national term"), max_length=200)
    language = models.CharField(_("language of the term"), max_length=16, choices=language_choices)
    institution = models.CharField(_("institution or programme"), max_length=200, blank=True)
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    nqf_level = models.CharField(_("NQF level"), max_length=12, blank=True)
    isced_level = models.CharField(
        _("ISCED level"), max_length=4, blank=True, help_text=_("As in ISCED-P 2011: 3, 354.")
    )
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    equivalence = models.CharField(
        _("equivalence"), max_length=12, choices=Equivalence.choices, default=Equivalence.PARTIAL
    )
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=255, blank=True)
    as_of = models.DateField(_("as of"), help_text=_("The day on which this was checked."))

    panels = [
        FieldRowPanel(["country", "equivalence", "as_of"]),
        FieldRowPanel(["term", "language"]),
        FieldPanel("institution"),
        FieldRowPanel(["eqf_level", "nqf_level", "isced_level", "age_from", "age_to"]),
        FieldPanel("note"),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("national equivalent")
        verbose_name_plural = _("national equivalents")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "country", "term"],
                condition=~models.Q(term=""),
                name="v2v_equivalent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
                name="v2v_equivalent_ages_in_order",
                violation_error_message=_("The ages are the wrong way round."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.country})"
