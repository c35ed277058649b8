"""The part of the admin's start page that names consents that have ended."""

from typing import Any, Final

from django.utils import timezone
from wagtail.admin.ui.components import Component

from .left_out import places_left_out

AT_MOST: Final = 20
"""How many places the start page names."""


class EndedConsentsPanel(Component):
    """The pages that an editor should look at; empty where everybody still agrees."""

    name = "ended_consents"
    order = 150
    template_name = "v2v_pages/admin/ended_consents.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Adds the places that the user may edit, and how many more there are."""
        user = parent_context["request"].user
        places = places_left_out(timezone.localdate())
        found = [place for place in places if place.can_be_mended_by(user)]
        return {"places": found[:AT_MOST], "more": max(0, len(found) - AT_MOST)}
