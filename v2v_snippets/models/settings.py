"""What the whole site says about itself: one record, with its languages inside."""

from typing import Self

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page

from .funding import FundingStatement
from .multilingual import MultilingualRecord, TextInLanguage


class AccessibilityStatus(TextChoices):
    """How far a site complies: the three answers of Decision (EU) 2018/1523, annex, section 2."""

    FULL = "full", _("Fully compliant")
    PARTIAL = "partial", _("Partially compliant")
    NONE = "none", _("Not compliant")


class AssessmentMethod(TextChoices):
    """Who looked: Decision (EU) 2018/1523, annex, section 4."""

    SELF = "self", _("Self-assessment")
    THIRD_PARTY = "third_party", _("Assessment by a third party")


@register_setting(icon="cog")
class ProjectSettings(BaseGenericSetting, MultilingualRecord):
    """Contact, controller, accessibility data and funding of the project.

    A generic setting, not one per site and locale: a second locale's row would break the unique
    site of Wagtail's BaseSiteSetting.
    """

    contact_email = models.EmailField(_("contact address"), blank=True)
    controller_name = models.CharField(
        _("controller"),
        max_length=200,
        blank=True,
        help_text=_("Who answers for personal data (GDPR, article 4.7)."),
    )
    controller_address = models.TextField(_("controller's address"), blank=True)
    privacy_page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page about privacy"),
        help_text=_("Forms lead to it, and below its text it names the controller."),
    )
    accessibility_assessed_on = models.DateField(
        _("accessibility assessed on"), null=True, blank=True
    )
    accessibility_status = models.CharField(
        _("compliance"),
        max_length=16,
        choices=AccessibilityStatus.choices,
        blank=True,
        help_text=_("With EN 301 549, as the assessment found it."),
    )
    accessibility_method = models.CharField(
        _("method of assessment"), max_length=16, choices=AssessmentMethod.choices, blank=True
    )
    accessibility_email = models.EmailField(_("address for accessibility problems"), blank=True)
    enforcement_body = models.CharField(
        _("enforcement body"),
        max_length=200,
        blank=True,
        help_text=_("To whom readers turn when the project does not answer."),
    )
    enforcement_url = models.URLField(_("enforcement body's address on the web"), blank=True)
    funding_statement = models.ForeignKey(
        FundingStatement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding statement"),
        help_text=_("Shown on every page, unless the page has one of its own."),
    )

    panels = [
        FieldPanel("contact_email"),
        FieldPanel("funding_statement"),
        MultiFieldPanel(
            ["controller_name", "controller_address", "privacy_page"], heading=_("Privacy")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["accessibility_assessed_on", "accessibility_email"]),
                FieldRowPanel(["accessibility_status", "accessibility_method"]),
                FieldRowPanel(["enforcement_body", "enforcement_url"]),
            ],
            heading=_("Accessibility"),
        ),
        InlinePanel("texts", heading=_("Languages"), label=_("Language")),
        InlinePanel(
            "footer_links",
            heading=_("Pages in the footer"),
            label=_("Page"),
            help_text=_("Privacy, accessibility and other pages that are not in the menu."),
        ),
        InlinePanel("social_links", heading=_("Social links"), label=_("Link")),
    ]

    class Meta:
        verbose_name = _("project settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Self:
        """Returns the one record with its texts, links and funding loaded: 5 queries at most.

        Nothing is written when there is none yet, so that reading a page never writes.
        """
        record = (
            cls.objects.select_related("funding_statement", "privacy_page")
            .prefetch_related(
                "texts",
                "social_links",
                "funding_statement__texts",
                models.Prefetch("footer_links", FooterLink.objects.select_related("page")),
            )
            .first()
        )
        return record or cls()


class ProjectSettingsText(TextInLanguage):
    """The project's own words about itself in one language."""

    settings = ParentalKey(ProjectSettings, on_delete=models.CASCADE, related_name="texts")
    tagline = models.CharField(_("tagline"), max_length=120)

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["settings", "language"], name="v2v_settings_text_per_language"
            )
        ]


class SocialLink(Orderable):
    """A place outside the site where the project can be followed."""

    settings = ParentalKey(ProjectSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("label"), max_length=60)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("social link")

    def __str__(self) -> str:
        return self.label


class FooterLink(Orderable):
    """A page that every page leads to; readers get it in their own language."""

    settings = ParentalKey(ProjectSettings, on_delete=models.CASCADE, related_name="footer_links")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("page in the footer")

    def __str__(self) -> str:
        return str(self.page)
