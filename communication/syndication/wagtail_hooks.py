"""What the admin learns from this app."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry, LogFormatter

from .services.api_keys import CREATED, REVOKED, ROTATED
from .viewsets import PartnerSiteViewSetGroup


@hooks.register("register_admin_viewset")
def register_partner_sites() -> ViewSetGroup:
    """Adds the menu of partner sites."""
    return PartnerSiteViewSetGroup()


@hooks.register("register_log_actions")
def name_what_becomes_of_keys(actions: LogActionRegistry) -> None:
    """Lets the history of a partner site say what was done to its keys."""

    @actions.register_action(CREATED)
    class CreationFormatter(LogFormatter):
        label = _("Create key")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Created the key %s") % log_entry.data.get("key", "")

    @actions.register_action(ROTATED)
    class RotationFormatter(LogFormatter):
        label = _("Replace key")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Replaced the key %(old)s by %(key)s") % {
                "old": log_entry.data.get("old", ""),
                "key": log_entry.data.get("key", ""),
            }

    @actions.register_action(REVOKED)
    class RevocationFormatter(LogFormatter):
        label = _("Revoke key")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Revoked the key %s") % log_entry.data.get("key", "")
