"""The API as a whole: its resources, and the frame around each."""

from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, path, re_path, resolve, reverse
from django.utils.functional import cached_property
from ninja import NinjaAPI

from .auth import keys_installed
from .caching import json_answer
from .documentation import documentation_page
from .errors import BadParameterError, problem, register_handlers
from .frame import framed, framed_with_post
from .openapi import corrected

VERSION = "1.0.0"
NAMESPACE = "v2v_api"
DESCRIPTION = """\
News, stories and reference data of the project, for other websites. Everything here is public:
no key is needed, and scripts on any site may read it. Every item carries its licence, the funding
line and the footnotes that copies of it must show. Requests are limited by the minute, as the
RateLimit headers say; partner sites may have a key with a rate of its own."""

RESOURCES = {
    "content": "v2v_snippets",
    "news": "v2v_pages",
    "stories": "v2v_pages",
    "repository": "v2v_pages",
    "events": "v2v_pages",
    "process": "v2v_pages",
    "twinnings": "v2v_snippets",
    "partners": "v2v_snippets",
    "countries": "v2v_snippets",
    "topics": "v2v_snippets",
    "locales": "v2v_snippets",
    "tags": "v2v_pages",
    "funding": "v2v_snippets",
    "images": "v2v_snippets",
    "documents": "v2v_snippets",
    "glossary": "v2v_snippets",
    "vet-systems": "v2v_pages",
    "navigation": "v2v_pages",
    "settings": "v2v_snippets",
    "search": "v2v_pages",
    "resolve": "v2v_snippets",
    "newsletters": "communication.newsletters",
    "subscriptions": "communication.newsletters",
    "changes": "communication.syndication",
    "redirects": "wagtail.contrib.redirects",
    "export.ndjson": "v2v_snippets",
    "preview": "v2v_snippets",
}
"""Each resource, a module of ``routers`` of that name (- is _ there), and the app that it needs."""

POSTED_TO = frozenset({"subscriptions"})
"""Names of the addresses that take something, too."""


class ContentApi(NinjaAPI):
    """Ninja's routing and documentation, with answers of our own making."""

    @property
    def urls(self) -> Any:
        """The addresses of the API, each within its frame."""
        patterns: Any
        patterns, app_name, namespace = super().urls
        framed_patterns = [
            URLPattern(p.pattern, _framed(p), p.default_args, p.name)
            for p in patterns
            if p.name != "api-root"
        ]
        own = [
            path("", framed(self.answer_resources), name="api-root"),
            path("openapi.json", framed(self.answer_document, "openapi.json"), name="openapi-json"),
            path("docs/", framed(self.answer_documentation, "docs"), name="docs"),
        ]
        nothing = re_path(r"", framed(answer_nothing), name="nothing")
        return [*own, *framed_patterns, nothing], app_name, namespace

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document, at the place where the API is mounted."""
        return self.document_at(reverse(f"{NAMESPACE}:api-root"))

    def document_at(self, prefix: str) -> dict[str, Any]:
        """Returns the OpenAPI document for an API mounted at ``prefix``."""
        document = dict(self.get_openapi_schema(path_prefix=prefix))
        return corrected(document, with_keys=keys_installed())

    def answer_document(self, request: HttpRequest) -> HttpResponse:
        """Answers the OpenAPI document."""
        refuse_parameters(request)
        return json_answer(self.document, languages=["en"], keys=["openapi"])

    def answer_documentation(self, request: HttpRequest) -> HttpResponse:
        """Answers the OpenAPI document as a page for people."""
        refuse_parameters(request)
        return documentation_page(request, self.document)

    def answer_resources(self, request: HttpRequest) -> HttpResponse:
        """Answers what there is to read, for those who start at the root."""
        refuse_parameters(request)
        lists = [address for address in self.document["paths"] if "{" not in address]
        data = {
            "documentation": request.build_absolute_uri(reverse(f"{NAMESPACE}:docs")),
            "openapi": request.build_absolute_uri(reverse(f"{NAMESPACE}:openapi-json")),
            "resources": [request.build_absolute_uri(address) for address in lists],
        }
        return json_answer(data, languages=["en"], keys=["openapi"])


def resource_of(pattern: URLPattern) -> str:
    """Returns the first part of an address below the root of the API: "news"."""
    return str(pattern.pattern).partition("/")[0]


def answer_nothing(request: HttpRequest) -> HttpResponse:
    """Answers addresses where nothing stands; one that lacks its last slash leads on."""
    whole = f"{request.path_info}/"
    try:
        leads_on = not request.path_info.endswith("/") and resolve(whole).url_name != "nothing"
    except Resolver404:
        leads_on = False
    if not leads_on:
        return problem(404, "There is nothing at this address. See docs/ for what there is.")
    response = HttpResponse(status=HTTPStatus.PERMANENT_REDIRECT)
    del response["Content-Type"]
    response["Location"] = request.get_full_path(force_append_slash=True)
    response["Content-Language"] = "en"
    return response


def refuse_parameters(request: HttpRequest) -> None:
    """Refuses parameters where there are none.

    Raises:
        BadParameterError: names the first.
    """
    for name in request.GET:
        raise BadParameterError(name, "This address takes no parameters.")


def _framed(pattern: URLPattern) -> Any:
    frame = framed_with_post if pattern.name in POSTED_TO else framed
    return frame(pattern.callback, resource_of(pattern))


def build_api() -> ContentApi:
    """Returns the API with the resources of those of our apps that are installed."""
    api = ContentApi(
        title="Content API",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace=NAMESPACE,
        openapi_url=None,
        docs_url=None,
    )
    register_handlers(api)
    for name, app in RESOURCES.items():
        if apps.is_installed(app):
            module = name.partition(".")[0].replace("-", "_")
            api.add_router(f"/{name}", f"{__package__}.routers.{module}.router")
    return api
