"""What the site is called, wherever its name is read: titles of pages, feeds, structured data."""

from django.conf import settings


def site_name() -> str:
    """Returns Wagtail's name of the site; "" where the settings give none."""
    return str(getattr(settings, "WAGTAIL_SITE_NAME", ""))
