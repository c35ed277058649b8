"""States and reasons of the records."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubscriptionState(models.TextChoices):
    """What somebody has said about one list."""

    PENDING = "pending", _("not confirmed yet")
    CONFIRMED = "confirmed", _("subscribed")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")


class ConsentAction(models.TextChoices):
    """What somebody did, or what was done for them."""

    REQUESTED = "requested", _("asked for")
    CONFIRMED = "confirmed", _("confirmed")
    IMPORTED = "imported", _("imported")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    ERASED = "erased", _("erased")


class ConsentSource(models.TextChoices):
    """Where they did it."""

    FORM = "form", _("form of the site")
    API = "api", _("form of another site")
    LINK = "link", _("link in a mail")
    ONE_CLICK = "one_click", _("button of a mail program")
    PREFERENCES = "preferences", _("preferences")
    FILE = "file", _("file")
    OFFICE = "office", _("by hand")
    MAIL_SERVER = "mail_server", _("answer of a mail server")


class SuppressionReason(models.TextChoices):
    """Why an address gets no mail, whatever else is said of it."""

    ERASED = "erased", _("erased on request")
    BOUNCED = "bounced", _("the address does not work")
    COMPLAINED = "complained", _("marked our mail as spam")
    REQUESTED = "requested", _("does not want any mail")


class SignUpPurpose(models.TextChoices):
    """What somebody who left an address wants."""

    SUBSCRIBE = "subscribe", _("subscribe")
    LINK = "link", _("a fresh link to the preferences")


class ImportState(models.TextChoices):
    """How far a file with subscribers is."""

    UPLOADED = "uploaded", _("waiting to be compared")
    COMPARED = "compared", _("waiting for a decision")
    AGREED = "agreed", _("waiting to be written")
    WRITTEN = "written", _("written")
    FAILED = "failed", _("failed")


WAITING_FOR_THE_WORKER: Final = frozenset({ImportState.UPLOADED, ImportState.AGREED})


class ImportOutcome(models.TextChoices):
    """What becomes of a row of a file."""

    ADDED = "added", _("new")
    ENDED = "ended", _("unsubscribed by this file")
    SUPPRESSED = "suppressed", _("suppressed by this file")
    UNCHANGED = "unchanged", _("unchanged")
    STAYS_UNSUBSCRIBED = "kept", _("has unsubscribed here, and stays so")
    STILL_PENDING = "pending", _("was asked by letter, and has to confirm")
    LEFT_OUT = "left_out", _("suppressed here, and left out")


class DispatchState(models.TextChoices):
    """How far the sending of an issue is."""

    DRAFT = "draft", pgettext_lazy("state of a dispatch", "draft")
    PREPARING = "preparing", pgettext_lazy("state of a dispatch", "being prepared")
    READY = "ready", pgettext_lazy("state of a dispatch", "ready")
    SCHEDULED = "scheduled", pgettext_lazy("state of a dispatch", "scheduled")
    SENDING = "sending", pgettext_lazy("state of a dispatch", "being sent")
    PAUSED = "paused", pgettext_lazy("state of a dispatch", "paused")
    SENT = "sent", pgettext_lazy("state of a dispatch", "sent")
    SENT_UNCERTAIN = "sent_uncertain", pgettext_lazy("state of a dispatch", "sent, some uncertain")
    CANCELLED = "cancelled", pgettext_lazy("state of a dispatch", "cancelled")
    FAILED = "failed", pgettext_lazy("state of a dispatch", "failed")


DISPATCH_MOVES: Final[dict[DispatchState, frozenset[DispatchState]]] = {
    DispatchState.DRAFT: frozenset({DispatchState.PREPARING, DispatchState.CANCELLED}),
    DispatchState.PREPARING: frozenset({DispatchState.READY, DispatchState.FAILED}),
    DispatchState.READY: frozenset(
        {DispatchState.PREPARING, DispatchState.SCHEDULED, DispatchState.CANCELLED}
    ),
    DispatchState.SCHEDULED: frozenset(
        {
            DispatchState.READY,
            DispatchState.SENDING,
            DispatchState.PAUSED,
            DispatchState.CANCELLED,
        }
    ),
    DispatchState.SENDING: frozenset(
        {
            DispatchState.PAUSED,
            DispatchState.SENT,
            DispatchState.SENT_UNCERTAIN,
            DispatchState.CANCELLED,
        }
    ),
    DispatchState.PAUSED: frozenset({DispatchState.SENDING, DispatchState.CANCELLED}),
    DispatchState.SENT: frozenset(),
    DispatchState.SENT_UNCERTAIN: frozenset({DispatchState.SENDING, DispatchState.SENT}),
    DispatchState.CANCELLED: frozenset(),
    DispatchState.FAILED: frozenset({DispatchState.PREPARING, DispatchState.CANCELLED}),
}
"""What may follow upon what. No state leads back to one in which the content could change once
somebody may have it."""

FROZEN_STATES: Final = frozenset(DispatchState) - {
    DispatchState.DRAFT,
    DispatchState.PREPARING,
    DispatchState.FAILED,
}
"""In which what is sent cannot change any more."""


class DispatchKind(models.TextChoices):
    """What a dispatch brings."""

    NORMAL = "normal", pgettext_lazy("kind of a dispatch", "issue")
    CORRECTION = "correction", pgettext_lazy("kind of a dispatch", "correction")


class PauseReason(models.TextChoices):
    """Why a dispatch waits for somebody."""

    ASKED = "asked", _("paused by hand")
    TOO_LATE = "too_late", _("its time had passed when a worker came to it")
    REFUSED = "refused", _("the mail server refuses us or our mail")
    UNREACHABLE = "unreachable", _("the mail server cannot be reached")
    FAILURES = "failures", _("too many addresses were refused")
    UNCERTAIN = "uncertain", _("one mail after the other became uncertain")
    WITHDRAWN = "withdrawn", _("something in the issue is no longer public")
    ERROR = "error", _("a fault of this site")


class SkipReason(models.TextChoices):
    """Why somebody who was selected got no mail."""

    UNSUBSCRIBED = "unsubscribed", _("unsubscribed meanwhile")
    SUPPRESSED = "suppressed", _("suppressed meanwhile")
    ERASED = "erased", _("erased meanwhile")
    CANCELLED = "cancelled", _("the dispatch was cancelled")


class AfterState(models.TextChoices):
    """What became of a mail after the server had accepted it, as far as anybody says."""

    DELIVERED = "delivered", _("delivered")
    BOUNCED = "bounced", _("bounced")
    COMPLAINED = "complained", _("marked as spam")


class DeliveryEventKind(models.TextChoices):
    """What a provider or a returned mail says of a delivery."""

    DELIVERED = "delivered", _("delivered")
    DEFERRED = "deferred", _("put off")
    BOUNCED = "bounced", _("bounced")
    COMPLAINED = "complained", _("marked as spam")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    REJECTED = "rejected", _("rejected")
    OTHER = "other", _("something else")
