"""The few addresses that belong to no plugin: pictures, and what robots and browsers ask for."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.static import serve

from .headers import shared

# Python 3.11 does not know them; without a type, browsers refuse to show the pictures
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")

A_DAY = 24 * 60 * 60


def serve_rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serves a scaled picture. Originals and documents lie elsewhere and are never served here."""
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    return shared(request, response, seconds=A_DAY)


def robots_txt(request: HttpRequest) -> HttpResponse:
    """Tells robots where the site map is, and to stay out of the admin."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def favicon(_request: HttpRequest) -> HttpResponse:
    """Leads browsers that ask for the old name to the site's icon."""
    return redirect(static("v2v_pages/favicon.svg"), permanent=True)
