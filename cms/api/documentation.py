"""The OpenAPI document as a page: no script, nothing from elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .caching import CACHE_CONTROL


def documentation_page(request: HttpRequest, document: dict[str, Any]) -> HttpResponse:
    """Returns the page."""
    context = {"info": document["info"]}
    response = HttpResponse(render_to_string("v2v_api/documentation.html", context, request))
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Language"] = "en"
    return response
