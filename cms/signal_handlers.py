"""Lets the roles work in a language from the moment its home page is there."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from v2v_pages.models import HomePage

from .services.roles import grant_page_rights


@receiver(post_save, sender=HomePage)
def open_new_home_to_roles(instance: HomePage, *, created: bool, **kwargs: Any) -> None:
    """Gives the roles their rights on a new home page, however it came to be."""
    if created and not kwargs.get("raw"):
        grant_page_rights(instance)
