"""What happens to items, and why."""

from django.db import models


class ChangeOperation(models.TextChoices):
    """What whoever keeps a copy of an item has to do."""

    UPSERT = "upsert"
    DELETE = "delete"


class ChangeReason(models.TextChoices):
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
