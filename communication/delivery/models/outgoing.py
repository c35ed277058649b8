"""What is to be sent: a row that survives whatever happens to the process that sends it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import HELD_STATES, UNFINISHED_STATES, WAITING_STATES, OutgoingState

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:  # generic only in stubs
    Rows = models.QuerySet


BY_LEASE: Final = models.Index(
    fields=["leased_until"],
    condition=models.Q(leased_until__isnull=False),
    name="v2v_%(class)s_held",
)
"""Finds what is held, as workers look for what dead ones have left."""


class OutgoingQuerySet(Rows):
    """Reads things to be sent by where they are on their way."""

    def due(self, now: datetime) -> Self:
        """Keeps what waits and may be sent by now."""
        return self.filter(state__in=WAITING_STATES, next_attempt_at__lte=now)

    def waiting(self) -> Self:
        """Keeps what nobody has in hand, due or not."""
        return self.filter(state__in=WAITING_STATES)

    def unfinished(self) -> Self:
        """Keeps what waits or is being sent."""
        return self.filter(state__in=UNFINISHED_STATES)

    def expired(self, now: datetime) -> Self:
        """Keeps what somebody took and has had in hand for longer than a sender may."""
        return self.filter(state__in=HELD_STATES, leased_until__lte=now)


class Outgoing(models.Model):
    """One thing for one receiver, with the token of who has it in hand and until when.

    It knows nothing of what is sent or how. ``services.claiming`` moves it from state to state;
    whoever does so with a token that is no longer there changes nothing.
    """

    state = models.CharField(
        _("state"), max_length=10, choices=OutgoingState.choices, default=OutgoingState.QUEUED
    )
    token = models.UUIDField(null=True, editable=False)
    """Of the claim that it belongs to."""
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    """When it may be sent; empty unless it waits."""
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar[Any] = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=WAITING_STATES, next_attempt_at__isnull=False)
                | (~models.Q(state__in=WAITING_STATES) & models.Q(next_attempt_at__isnull=True)),
                name="v2v_%(class)s_waits_for_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=HELD_STATES, token__isnull=False, leased_until__isnull=False
                )
                | (
                    ~models.Q(state__in=HELD_STATES)
                    & models.Q(token__isnull=True, leased_until__isnull=True)
                ),
                name="v2v_%(class)s_is_held_by_one",
            ),
        ]
        # what waits has the one time, what is held the other: see above. A database decides with
        # each step whether a row belongs into an index, and looks faster for a time than at states
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(next_attempt_at__isnull=False),
                name="v2v_%(class)s_due",
            ),
            BY_LEASE,
        ]
