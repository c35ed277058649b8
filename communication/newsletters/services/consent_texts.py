"""Writes the sentence under the forms, each time as a new record."""

from django.db import transaction
from django.db.models import Max

from ..models import ConsentText


@transaction.atomic
def write_consent_text(*, locale: str, text: str, version: int | None) -> ConsentText:
    """Adds a wording.

    Args:
        locale: Its language.
        text: What readers agree to.
        version: Of which this is another language; None begins a new version.
    """
    if version is None:
        version = (ConsentText.objects.aggregate(latest=Max("version"))["latest"] or 0) + 1
    return ConsentText.objects.create(version=version, locale=locale, text=text)
