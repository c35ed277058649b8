"""Finds the pages that still name people whose consent has ended.

Readers see nothing of these people any more: ``blocks.consent`` leaves them out at once. What is
left out stands in the page still, until an editor renews the consent or takes the part away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page

from v2v_snippets.models import PersonConsent
from v2v_snippets.publication.withdrawn import mentions_of_ended_consents


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person whom a page names, and who is shown no more."""

    consent: PersonConsent
    page: Page

    @property
    def edit_path(self) -> str:
        """Where the part can be taken away."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def can_be_mended_by(self, user: Any) -> bool:
        """Tells whether ``user`` may edit the page."""
        return bool(self.page.permissions_for_user(user).can_edit())


def places_left_out(today: date) -> Iterator[LeftOut]:
    """Yields all such places, by name of the person: one query where there is none, else three."""
    mentions = mentions_of_ended_consents().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    places = {
        (int(consent), int(page))
        for consent, page in mentions.values_list("to_object_id", "object_id")
    }
    if not places:
        return
    # one that has not begun has not ended
    begun = PersonConsent.objects.filter(given_on__lte=today)
    consents = begun.in_bulk({consent for consent, _page in places})
    shown = Page.objects.select_related("locale", "owner", "latest_revision__user")
    pages = shown.in_bulk({page for _consent, page in places})
    found = (
        LeftOut(consents[consent], pages[page])
        for consent, page in sorted(places)
        if consent in consents and page in pages
    )
    yield from sorted(found, key=lambda each: each.consent.person_name)
