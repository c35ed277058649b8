"""What all reminders have in common: the reader's language, plain text, full addresses."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage


def can_be_written_to(user: Any) -> bool:
    """Tells whether somebody is there to read a reminder."""
    return bool(user and user.is_active and user.email)


def language_of(user: Any) -> str:
    """Returns the language in which somebody uses the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def address_of(path: str) -> str:
    """Returns where a page of the admin is, host and all."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def letter_to(user: Any, subject: str, text: str) -> EmailMessage:
    """Returns a mail that no robot is to answer (RFC 3834)."""
    return EmailMessage(
        subject, text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    )
