"""Pages in schema.org's vocabulary, for search engines: https://schema.org/docs/full.html."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from v2v_snippets.models import Partner

if TYPE_CHECKING:
    from .models.base import BasePage


VOCABULARY = "https://schema.org"


def web_page_data(page: "BasePage", kind: str, request: HttpRequest | None) -> dict[str, Any]:
    """Returns the JSON-LD of a page of type ``kind``; empty values are left out."""
    data: dict[str, Any] = {
        "@context": VOCABULARY,
        "@type": kind,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "url": page.get_full_url(request),
        "license": page.licence_url,
        "isPartOf": {"@type": "WebSite", "name": settings.WAGTAIL_SITE_NAME},
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    return {key: value for key, value in data.items() if value}


def organization_data(partner: Partner) -> dict[str, Any]:
    """Returns a partner as an organization; only what the record knows."""
    data = {
        "@type": "EducationalOrganization" if partner.side else "Organization",
        "name": partner.official_name or partner.short_name,
        "alternateName": partner.short_name if partner.official_name else "",
        "url": partner.website,
    }
    return {key: value for key, value in data.items() if value}
