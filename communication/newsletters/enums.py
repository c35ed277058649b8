"""States and reasons of the records."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


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
