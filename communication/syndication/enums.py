"""States and kinds, as the database stores them and as editors read them."""

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
