"""What the admin learns from this app."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy

from .enums import DisabledReason
from .models import WebhookDelivery
from .permissions import DeliveryPolicy
from .services import webhook_endpoints
from .services.api_keys import CREATED, REVOKED, ROTATED
from .services.noting import note_records
from .services.webhook_replaying import REPLAYED
from .viewsets import PartnerSiteViewSetGroup
from .watched import file_models

register_permission_policy(WebhookDelivery, DeliveryPolicy(WebhookDelivery))


@hooks.register("register_admin_viewset")
def register_partner_sites() -> ViewSetGroup:
    """Adds the menu of partner sites."""
    return PartnerSiteViewSetGroup()


@hooks.register("after_bulk_action")
def note_files_of_bulk_action(
    _request: HttpRequest, _action_type: str, objects: list[Any], action: Any
) -> None:
    """What was done to files at once may have been done by a query, of which no signal tells.

    "Add to collection" is such a one, and may close files to readers or open them.
    """
    if issubclass(action.model, file_models()):
        note_records(model=action.model, keys=[each.pk for each in objects])


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


@hooks.register("register_log_actions")
def name_what_becomes_of_webhooks(actions: LogActionRegistry) -> None:
    """Lets the history of a partner site say what was done to its webhooks."""
    sentences = {
        webhook_endpoints.CREATED: (_("Create webhook"), _("Created the webhook “%(webhook)s”")),
        webhook_endpoints.ROTATED: (
            _("Replace secret"),
            _("Gave the webhook “%(webhook)s” a new secret; the old one signs for %(days)s days"),
        ),
        webhook_endpoints.DISABLED: (
            _("Switch webhook off"),
            _("Switched the webhook “%(webhook)s” off: %(reason)s"),
        ),
        webhook_endpoints.ENABLED: (
            _("Switch webhook on"),
            _("Switched the webhook “%(webhook)s” on"),
        ),
        webhook_endpoints.TESTED: (
            _("Test webhook"),
            _("Sent a test to the webhook “%(webhook)s”"),
        ),
        REPLAYED: (_("Send again"), _("Sent events to the webhook “%(webhook)s” again")),
    }
    for action, (label, sentence) in sentences.items():
        actions.register_action(action)(_formatter(label, sentence))


def _formatter(name: Any, sentence: Any) -> type[LogFormatter]:
    class WebhookFormatter(LogFormatter):
        label = name

        def format_message(self, log_entry: Any) -> str:
            data = {"webhook": "", "days": "", "reason": "", **log_entry.data}
            if data["reason"] in DisabledReason.values:
                data["reason"] = DisabledReason(data["reason"]).label
            return str(sentence % data)

    return WebhookFormatter
