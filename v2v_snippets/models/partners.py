"""The schools and networks that carry the project, and the teams they sit in."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from ..enums import PartnerKind, PlacePrecision, Side, TeamKind
from ..querysets import PartnerQuerySet
from .countries import Country
from .media import PubliclyIdentified
from .multilingual import MultilingualRecord, TextInLanguage


class Partner(PubliclyIdentified, MultilingualRecord):
    """A school or network of the partnership: its facts once, its description per language."""

    short_name = models.CharField(
        _("short name"), max_length=80, help_text=_("As it is called in texts: SIC Ljubljana")
    )
    official_name = models.CharField(
        _("official name"), max_length=200, blank=True, help_text=_("In its own language.")
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=PartnerKind.choices, default=PartnerKind.VET_PROVIDER
    )
    is_lead = models.BooleanField(_("leads the project"), default=False)
    side = models.CharField(
        _("side"),
        max_length=2,
        choices=Side.choices,
        blank=True,
        help_text=_("Which half of a twinning the school can be. Networks have none."),
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="partners", verbose_name=_("country")
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )

    objects = PartnerQuerySet.as_manager()

    shows_what_it_names = True

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        TitleFieldPanel("short_name", classname="", placeholder=False),
                        FieldPanel("slug", widget=SlugInput),
                    ]
                ),
                "official_name",
                FieldRowPanel(["kind", "side", "is_lead"]),
                "website",
                "logo",
            ],
            heading=_("Partner"),
        ),
        MultiFieldPanel(
            [FieldRowPanel(["country", "city"]), FieldRowPanel(["latitude", "longitude"])],
            heading=_("Place"),
            help_text=_("Give the centre of the city, or nothing: the map then shows the country."),
        ),
        InlinePanel("aliases", heading=_("Other names"), label=_("Name")),
        InlinePanel("texts", heading=_("Languages"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_lead"],
                condition=models.Q(is_lead=True),
                name="v2v_partner_one_lead",
                violation_error_message=_("Another partner leads the project already."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="v2v_partner_whole_position",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """Keeps schools on a side and networks off the sides.

        Raises:
            ValidationError: on ``side``, when it does not fit the kind of partner.
        """
        super().clean()
        if self.kind == PartnerKind.VET_PROVIDER and not self.side:
            raise ValidationError({"side": _("Say on which side of a twinning the school can be.")})
        if self.kind == PartnerKind.NETWORK and self.side:
            raise ValidationError({"side": _("A network is in no twinning: leave the side empty.")})

    @property
    def place_precision(self) -> PlacePrecision:
        """How exactly the position below is known."""
        return PlacePrecision.COUNTRY if self.latitude is None else PlacePrecision.CITY

    @property
    def position(self) -> tuple[float, float]:
        """Longitude and latitude in degrees: the city's centre, or the middle of the country."""
        if self.latitude is None or self.longitude is None:
            return float(self.country.longitude), float(self.country.latitude)
        return float(self.longitude), float(self.latitude)

    @property
    def place(self) -> str:
        """City, where it is known, and country: "Ferizaj, Kosovo*"."""
        return ", ".join(part for part in (self.city, self.country.name) if part)


class PartnerText(TextInLanguage):
    """What one language says about a partner."""

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="texts")
    description = models.TextField(_("description"))
    sectors = models.CharField(
        _("sectors"),
        max_length=255,
        blank=True,
        help_text=_("Fields of training, with commas: tourism, electronics"),
    )

    panels = [FieldPanel("language"), FieldPanel("description"), FieldPanel("sectors")]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "language"], name="v2v_partner_text_per_language"
            )
        ]


class PartnerAlias(Orderable):
    """Another spelling under which a partner is known, so that search finds it."""

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("other name")

    def __str__(self) -> str:
        return self.name


class Team(MultilingualRecord):
    """One of the project's three teams with the partners that sit in it."""

    kind = models.CharField(_("team"), max_length=20, choices=TeamKind.choices, unique=True)

    shown_with = ("memberships__partner",)

    panels = [
        FieldPanel("kind"),
        InlinePanel("memberships", heading=_("Members"), label=_("Partner")),
        InlinePanel("texts", heading=_("Languages"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class TeamText(TextInLanguage):
    """What a team does, in one language."""

    team = ParentalKey(Team, on_delete=models.CASCADE, related_name="texts")
    description = models.TextField(_("description"))

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["team", "language"], name="v2v_team_text_per_language")
        ]


class TeamMembership(models.Model):
    """A partner's seat in a team."""

    team = ParentalKey(Team, on_delete=models.CASCADE, related_name="memberships")
    partner = models.ForeignKey(
        Partner,
        on_delete=models.CASCADE,
        related_name="team_memberships",
        verbose_name=_("partner"),
    )

    shown_with = ("partner",)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["team", "partner"], name="v2v_team_one_seat")
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.team}"
