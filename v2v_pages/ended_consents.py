"""Tells editors which of their pages still name people whose consent has ended.

Readers see nothing of these people any more: ``blocks.consent`` leaves them out at once. What is
left out stands in the page still, until an editor renews the consent or takes the part away.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, ReferenceIndex

from v2v_snippets.models import PersonConsent

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
    today = timezone.localdate()
    valid = PersonConsent.objects.valid_on(today)
    ended = PersonConsent.objects.exclude(pk__in=valid).filter(given_on__lte=today)
    consents = {str(consent.pk): consent for consent in ended}
    places = defaultdict(list)
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PersonConsent),
        to_object_id__in=consents,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    for page_key, consent_key in references.values_list("object_id", "to_object_id").distinct():
        places[consent_key].append(int(page_key))
    keys = [key for found in places.values() for key in found]
    pages = Page.objects.select_related("locale").in_bulk(keys)
    for consent_key, consent in consents.items():
        for key in sorted(places[consent_key]):
            page = pages.get(key)
            if page is not None and page.permissions_for_user(user).can_edit():
                yield LeftOut(consent, page)


class EndedConsentsPanel(Component):
    """A part of the admin's start page; empty where everybody still agrees."""

    name = "ended_consents"
    order = 150
    template_name = "v2v_pages/admin/ended_consents.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Adds the places, and how many more there are."""
        found = list(left_out_for(parent_context["request"].user))
        return {"places": found[:AT_MOST], "more": max(0, len(found) - AT_MOST)}
