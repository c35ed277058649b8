"""What other sites take over, one family a file."""

from .api_keys import ApiKey, ApiKeyUsage
from .partner_sites import PartnerSite

__all__ = ["ApiKey", "ApiKeyUsage", "PartnerSite"]
