"""What other sites take over and are told, one family a file."""

from .api_keys import ApiKey, ApiKeyUsage
from .changes import THE_VERSION, Change, ContentVersion, PublicItem
from .partner_sites import PartnerSite
from .webhooks import (
    THE_CURSOR,
    WebhookCursor,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookNotice,
    WebhookSecret,
)

__all__ = [
    "THE_CURSOR",
    "THE_VERSION",
    "ApiKey",
    "ApiKeyUsage",
    "Change",
    "ContentVersion",
    "PartnerSite",
    "PublicItem",
    "WebhookCursor",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookNotice",
    "WebhookSecret",
]
