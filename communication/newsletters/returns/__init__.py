"""What comes back: bounces, complaints, and mails of those who want no more of them.

Two ways lead here, and a site may have both or none: a mailbox that the worker reads, and what a
provider tells through django-anymail.
"""

from email.utils import parseaddr
from urllib.parse import quote

from django.apps import apps
from django.conf import settings


def mailbox_url() -> str:
    """Returns where the mailbox is to which mails come back; "" where none is read."""
    return str(getattr(settings, "V2V_BOUNCE_MAILBOX", ""))


def bounces_are_measured() -> bool:
    """Tells whether anybody would hear of a mail that was accepted and came back later.

    Where nobody does, pages with figures say so instead of showing none.
    """
    return bool(mailbox_url()) or apps.is_installed("anymail")


def unsubscribe_mailto(token: str) -> str:
    """Returns the address by which a mail ends a subscription (RFC 2369); "" if nobody reads it.

    Args:
        token: Of the subscription. Mail programs write it into the subject.
    """
    if not mailbox_url():
        return ""
    _name, address = parseaddr(str(settings.DEFAULT_FROM_EMAIL))
    return f"mailto:{address}?subject={quote(f'unsubscribe {token}')}"
