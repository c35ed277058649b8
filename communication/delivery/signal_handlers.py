"""What happens beside the worker."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from .services.installation import adopt_new_database


@receiver(post_migrate, dispatch_uid="communication_delivery.adopt")
def adopt_after_first_migration(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The first to make the tables may send; a copy has them already."""
    if sender.label == "communication_delivery":
        adopt_new_database(using=using)
