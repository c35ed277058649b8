"""What people agreed to when they were quoted or pictured, and until when."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..enums import ConsentScope
from ..querysets import Rows
from .partners import Partner


class PersonConsentQuerySet(Rows):
    """Asks which consents hold."""

    def valid_on(self, day: date) -> Self:
        """Keeps the consents that hold on ``day``."""
        return self.filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day),
            models.Q(withdrawn_on__isnull=True) | models.Q(withdrawn_on__gt=day),
            given_on__lte=day,
        )

    def changed_between(self, first: date, last: date) -> Self:
        """Keeps the consents that hold on one of these days and not on the other, or might."""
        days = {"gt": first, "lte": last}
        begun = models.Q(**{f"given_on__{lookup}": day for lookup, day in days.items()})
        withdrawn = models.Q(**{f"withdrawn_on__{lookup}": day for lookup, day in days.items()})
        over = models.Q(valid_until__gte=first, valid_until__lt=last)
        return self.filter(begun | withdrawn | over)


class PersonConsent(models.Model):
    """One person's consent. Blocks that quote or picture the person point here.

    A block whose consent has ended is left out of page, feed and API.
    """

    person_name = models.CharField(
        _("name"), max_length=120, help_text=_("As the person agreed to be named.")
    )
    role = models.CharField(
        _("role"), max_length=160, blank=True, help_text=_("Teacher of mechatronics, SEDU")
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
    )
    scope = models.CharField(_("scope"), max_length=20, choices=ConsentScope.choices)
    given_on = models.DateField(_("given on"))
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day; empty: until withdrawn."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    evidence = models.CharField(
        _("evidence"),
        max_length=255,
        blank=True,
        help_text=_("Where the signed form is kept. Never shown in public."),
    )

    objects = PersonConsentQuerySet.as_manager()

    shows_what_it_names = True

    panels = [
        FieldRowPanel(["person_name", "role"]),
        FieldRowPanel(["partner", "scope"]),
        FieldRowPanel(["given_on", "valid_until", "withdrawn_on"]),
        FieldPanel("evidence"),
    ]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("given_on")),
                name="v2v_consent_ends_after_start",
                violation_error_message=_("The consent ends before it was given."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_name} ({self.get_scope_display()})"

    @property
    def over_from(self) -> date | None:
        """The first day on which it holds no more; None where no end is known."""
        ends = [self.withdrawn_on] if self.withdrawn_on else []
        if self.valid_until:
            ends.append(self.valid_until + timedelta(days=1))
        return min(ends, default=None)

    def is_valid_on(self, day: date) -> bool:
        """Tells whether the consent holds on ``day``; the last day of validity still counts."""
        return (
            self.given_on <= day
            and (self.valid_until is None or day <= self.valid_until)
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )

    def covers(self, scope: ConsentScope) -> bool:
        """Tells whether the person agreed to ``scope``."""
        return self.scope in {scope, ConsentScope.QUOTE_AND_PICTURE}
