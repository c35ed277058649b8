"""The few addresses that belong to no plugin: the front door, pictures, what robots ask for."""

import mimetypes
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from v2v_snippets.language.locales import preferred_language
from v2v_snippets.publication.documents import public_documents
from v2v_snippets.publication.files import is_public_rendition

from .headers import shared

# Python 3.11 does not know them; without a type, browsers refuse to show the pictures
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")

PICTURES_KEPT = 60 * 60
DOCUMENTS_KEPT = 60
"""Seconds for which caches keep a file. Whoever withdraws a picture should not wait for a day."""


def serve_rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serves a scaled picture that something public shows; any to editors who may choose it.

    Originals and documents lie elsewhere and are never served here.
    """
    name = f"images/{path}"
    if "\0" in path:
        raise Http404
    is_public = is_public_rendition(name)
    if not is_public:
        image = get_image_model().objects.filter(renditions__file=name).first()
        _refuse_strangers(request.user, image)
    return _kept(request, _stored_picture(request, name), PICTURES_KEPT if is_public else 0)


def _stored_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Reads from wherever uploads are stored, a bucket included."""
    try:
        changed_at = default_storage.get_modified_time(name)
        unchanged = get_conditional_response(request, last_modified=int(changed_at.timestamp()))
        response: HttpResponseBase = unchanged or FileResponse(default_storage.open(name))
    except OSError as error:
        raise Http404 from error
    response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Serves a document for download that something public links; any to editors.

    What is inside may run nowhere: it is saved, not shown, and its type is not guessed.
    """
    document = public_documents().filter(pk=int(document_id)).first()
    is_public = document is not None
    if document is None:
        document = get_document_model().objects.filter(pk=int(document_id)).first()
        _refuse_strangers(request.user, document)
    if document.filename != filename:
        raise Http404
    etag = quote_etag(document.file_hash) if document.file_hash else None
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = unchanged or _download(document)
    if etag:
        response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _kept(request, response, DOCUMENTS_KEPT if is_public else 0)


def _download(document: Any) -> FileResponse:
    try:
        content = document.file.open("rb")
    except OSError as error:
        raise Http404 from error
    kind = document.content_type
    return FileResponse(content, as_attachment=True, filename=document.filename, content_type=kind)


def _refuse_strangers(user: Any, file: Any) -> None:
    """Answers as if the file were not there, unless ``user`` may use or change it."""
    policy = file and policy_registry.get_by_type(type(file))
    if not policy or not policy.user_has_any_permission_for_instance(
        user, ["add", "change", "choose", "delete"], file
    ):
        raise Http404


def _kept(request: HttpRequest, response: HttpResponseBase, seconds: int) -> HttpResponseBase:
    if seconds:
        return shared(request, response, seconds=seconds)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def choose_language(request: HttpRequest) -> HttpResponse:
    """Leads from ``/`` to the home page in the language that the browser prefers.

    Django's own redirect asks a cookie, too, so that no cache could keep its answer.
    """
    response = redirect(f"/{preferred_language(request.headers.get('Accept-Language', ''))}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


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
