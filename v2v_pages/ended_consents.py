"""Tells editors which of their pages still name people whose consent has ended.

Readers see nothing of these people any more: ``blocks.consent`` leaves them out at once. What is
left out stands in the page still, until an editor renews the consent or takes the part away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from v2v_snippets.models import PersonConsent
from v2v_snippets.publication.files import mentions_of_ended_consents

AT_MOST: Final = 20
"""How many places the start page of the admin names."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person whom a page names, and who is shown no more."""

    consent: PersonConsent
    page: Page

    @property
    def edit_url(self) -> str:
        """Where the part can be taken away."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def left_out_for(user: Any) -> Iterator[LeftOut]:
    """Yields the places that ``user`` may edit, by name of the person."""
    mentions = mentions_of_ended_consents().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    places = {
        (int(consent), int(page))
        for consent, page in mentions.values_list("to_object_id", "object_id")
    }
    # one that has not begun has not ended
    begun = PersonConsent.objects.filter(given_on__lte=timezone.localdate())
    consents = begun.in_bulk({consent for consent, _page in places})
    pages = Page.objects.select_related("locale").in_bulk({page for _consent, page in places})
    found = (
        LeftOut(consents[consent], pages[page])
        for consent, page in sorted(places)
        if consent in consents and page in pages
    )
    for each in sorted(found, key=lambda each: each.consent.person_name):
        if each.page.permissions_for_user(user).can_edit():
            yield each


class EndedConsentsPanel(Component):
    """A part of the admin's start page; empty where everybody still agrees."""

    name = "ended_consents"
    order = 150
    template_name = "v2v_pages/admin/ended_consents.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Adds the places, and how many more there are."""
        found = list(left_out_for(parent_context["request"].user))
        return {"places": found[:AT_MOST], "more": max(0, len(found) - AT_MOST)}
