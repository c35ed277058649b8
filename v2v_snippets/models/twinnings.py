"""Pairs of schools, one European and one Western Balkan: the core of the project."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ..enums import Side, TwinningStatus
from ..querysets import TwinningManager
from .media import PubliclyIdentified
from .multilingual import MultilingualRecord, TextInLanguage
from .partners import Partner


class Twinning(PubliclyIdentified, MultilingualRecord):
    """A pair of schools that work together.

    Two required one-to-one keys hold that a school is in one pair. The side of each lies in another
    table, where no constraint can look: ``clean()`` holds it.
    """

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, help_text=_("As on the map and in the list.")
    )
    european_school = models.OneToOneField(
        Partner,
        on_delete=models.PROTECT,
        related_name="twinning_as_european",
        limit_choices_to={"side": Side.EUROPEAN},
        verbose_name=_("European school"),
    )
    balkan_school = models.OneToOneField(
        Partner,
        on_delete=models.PROTECT,
        related_name="twinning_as_balkan",
        limit_choices_to={"side": Side.WESTERN_BALKAN},
        verbose_name=_("Western Balkan school"),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=TwinningStatus.choices,
        default=TwinningStatus.PLANNED,
    )
    started_on = models.DateField(_("start"), null=True, blank=True)
    ended_on = models.DateField(_("end"), null=True, blank=True)
    learners_count = models.PositiveIntegerField(_("learners who took part"), null=True, blank=True)
    staff_count = models.PositiveIntegerField(_("staff who took part"), null=True, blank=True)
    visits_count = models.PositiveIntegerField(_("visits so far"), null=True, blank=True)

    objects = TwinningManager()

    shows_what_it_names = True
    shown_with = ("european_school", "balkan_school")

    panels = [
        FieldRowPanel(["number", "status"]),
        FieldRowPanel(["european_school", "balkan_school"]),
        FieldRowPanel(["started_on", "ended_on"]),
        FieldRowPanel(["learners_count", "staff_count", "visits_count"], heading=_("Figures")),
        InlinePanel("texts", heading=_("Languages"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("twinning")
        verbose_name_plural = _("twinnings")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(european_school=models.F("balkan_school")),
                name="v2v_twinning_two_schools",
                violation_error_message=_("A school cannot be twinned with itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="v2v_twinning_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.european_school} – {self.balkan_school}"

    @property
    def name(self) -> str:
        """Both schools: "SEDU – Centre of Competence"."""
        return f"{self.european_school} – {self.balkan_school}"

    @property
    def schools(self) -> tuple[Partner, Partner]:
        """The European and the Western Balkan school, in this order."""
        return self.european_school, self.balkan_school

    def clean(self) -> None:
        """Keeps each school in the half of the pair that it belongs to.

        Raises:
            ValidationError: on the field whose school is of the other side.
        """
        super().clean()
        sides = {"european_school": Side.EUROPEAN, "balkan_school": Side.WESTERN_BALKAN}
        errors = {}
        for field, side in sides.items():
            school = getattr(self, field, None) if getattr(self, f"{field}_id") else None
            if school and school.side != side:
                errors[field] = ValidationError(
                    _("%(school)s is not a school of this side."), params={"school": school}
                )
        if errors:
            raise ValidationError(errors)


class TwinningText(TextInLanguage):
    """What a pair wants to reach, in one language."""

    twinning = ParentalKey(Twinning, on_delete=models.CASCADE, related_name="texts")
    goals = models.TextField(_("goals"))

    panels = [FieldPanel("language"), FieldPanel("goals")]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["twinning", "language"], name="v2v_twinning_text_per_language"
            )
        ]
