"""The websites that show what this one publishes."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from v2v_snippets.models import Partner

from ..forms import PartnerSiteForm
from ..origins import validate_origins
from ..querysets import PartnerSiteQuerySet


class PartnerSite(models.Model):
    """A website of a school or network, its webmaster, and what its keys may be used for.

    What all readers may see without a key stays theirs: a key gives a site a rate of its own and
    tells who it is, and what is not ticked here it never asks for by mistake.
    """

    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("As people call it: Site of SIC Lab")
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
        help_text=_("Whose site it is, if it is one of the partnership."),
    )
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(
        _("e-mail of the contact"), help_text=_("Who is told when something is wrong.")
    )
    allowed_origins: Any = models.JSONField(
        _("allowed origins"), default=list, blank=True, validators=[validate_origins]
    )
    locales: Any = models.JSONField(_("languages"), default=list, blank=True)
    types: Any = models.JSONField(_("types"), default=list, blank=True)
    requests_per_minute = models.PositiveIntegerField(
        _("requests per minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("Of each key. Empty: as many as the site grants to all."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, none of its keys opens anything.")
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = PartnerSiteQuerySet.as_manager()

    base_form_class = PartnerSiteForm
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(["name", "partner"]),
                FieldRowPanel(["contact_name", "contact_email"]),
                "is_active",
            ],
            heading=_("Site"),
        ),
        MultiFieldPanel(
            [FieldPanel("allowed_origins"), "locales", "types", "requests_per_minute"],
            heading=_("What its keys may be used for"),
        ),
    ]

    class Meta:
        verbose_name = _("partner site")
        verbose_name_plural = _("partner sites")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
