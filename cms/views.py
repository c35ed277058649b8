"""The few addresses that belong to no plugin: the front door, pictures, what robots ask for."""

import mimetypes
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
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


def choose_language(request: HttpRequest) -> HttpResponse:
    """Leads from ``/`` to the home page in the language that the browser prefers.

    Django's own redirect asks a cookie, too, so that no cache could keep its answer.
    """
    response = redirect(f"/{preferred_language(request.headers.get('Accept-Language', ''))}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def preferred_language(header: str) -> str:
    """Returns the first language of an ``Accept-Language`` header that the site speaks."""
    for code, _quality in parse_accept_lang_header(header.lower()):
        with suppress(LookupError):
            return get_supported_language_variant(code)
    return settings.LANGUAGE_CODE


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
