"""What other sites take over and are told, one family a file."""

from .api_keys import ApiKey, ApiKeyUsage
from .changes import THE_VERSION, Change, ContentVersion, PublicItem
from .partner_sites import PartnerSite

__all__ = [
    "THE_VERSION",
    "ApiKey",
    "ApiKeyUsage",
    "Change",
    "ContentVersion",
    "PartnerSite",
    "PublicItem",
]
