"""States and kinds, as the database stores them and as editors read them."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChangeOperation(TextChoices):
    """What whoever keeps a copy of an item has to do."""

    UPSERT = "upsert"
    DELETE = "delete"


class ChangeReason(TextChoices):
    """Why an item is another one than before."""

    OWN = "own"
    """It was published, withdrawn or deleted."""
    DEPENDENCY = "dependency"
    """Something has changed that it shows or stands under."""
    MOVED = "moved"
    """It has another address."""
    RESTRICTED = "restricted"
    """A restriction was laid on it, or lifted."""
    EXPIRED = "expired"
    """A day or hour has come."""


class ApiScope(TextChoices):
    """What a key is good for."""

    READ = "read", _("Read lists and items")
    CHANGES = "changes", _("Follow changes")
    EXPORT = "export", _("Export everything at once")


class KeyState(TextChoices):
    """Whether a key opens anything."""

    ACTIVE = "active", pgettext_lazy("state of a key", "Active")
    EXPIRED = "expired", pgettext_lazy("state of a key", "Expired")
    REVOKED = "revoked", pgettext_lazy("state of a key", "Revoked")


class WebhookEvent(TextChoices):
    """What a webhook tells of, in the words of its body."""

    UPSERTED = "content.upserted", _("An item is new or has changed")
    DELETED = "content.deleted", _("An item was withdrawn")
    PING = "ping", _("Test")


EVENTS: Final = {
    ChangeOperation.UPSERT: WebhookEvent.UPSERTED,
    ChangeOperation.DELETE: WebhookEvent.DELETED,
}
"""What a webhook tells of, by what has happened to an item."""

CONTENT_EVENTS: Final = tuple(EVENTS.values())
"""What an endpoint may choose among; a test goes to each that is asked to take one."""


class EndpointState(TextChoices):
    """Whether an endpoint is told anything."""

    ENABLED = "enabled", pgettext_lazy("state of a webhook", "On")
    DISABLED = "disabled", pgettext_lazy("state of a webhook", "Off")


class DisabledReason(TextChoices):
    """Why an endpoint is told nothing."""

    BY_HAND = "by_hand", _("somebody has switched it off")
    GONE = "gone", _("it has answered that it is gone for good (410)")
    FAILING = "failing", _("nothing that was sent to it has arrived for days")
    SECRET_LOST = "secret_lost", _("the key of the site has changed, and its secret with it")
