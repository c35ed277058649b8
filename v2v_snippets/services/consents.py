"""Keeps the consents that pages name: their pictures are told by them, and would come back."""

from collections.abc import Iterable

from django.db.models import Model, ProtectedError, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from ..models import PersonConsent


def named_by_pages(consents: Iterable[Model]) -> "QuerySet[ReferenceIndex]":
    """Returns the places that name these consents; other records are passed over."""
    found: QuerySet[ReferenceIndex] = ReferenceIndex.objects.none()
    for consent in consents:
        if isinstance(consent, PersonConsent):
            found |= ReferenceIndex.get_references_to(consent)
    return found


def refuse_to_delete(*, consent: PersonConsent) -> None:
    """Lets a consent go that nothing names.

    Raises:
        ProtectedError: where a page names it: the page says by this consent alone that somebody in
            a picture is not to be seen any more.
    """
    places = named_by_pages([consent])
    if places.exists():
        raise ProtectedError(why_kept(), set(places))


def why_kept() -> str:
    """Returns what to do instead."""
    return _(
        "Pages name this consent. Enter the day under “withdrawn on” instead: "
        "readers then no longer see the person. "
        "To delete it, first take the parts that name it out of these pages."
    )
