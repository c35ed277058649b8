"""Browsers whose requests meet the byte cache first, all within the transaction of a test."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from cms.bytecache import ByteCache
from cms.bytecache.site import trusted_headers
from cms.bytecache.versions import as_kept
from communication.syndication.content_version import current_version
from v2v_snippets.language.locales import preferred_language


class KeptAnswers:
    """One web process as ``cms.wsgi`` composes it, but for the connection that reads the version.

    The log of changes must have begun: until then nothing is kept.
    """

    def __init__(self) -> None:
        self.hits = 0
        """Answers that came from what was kept."""
        self._django = ClientHandler(enforce_csrf_checks=False)
        self._cache = ByteCache(
            self._ask_django,
            lambda: as_kept(current_version()),
            capacity=64 * 1024**2,
            choose_language=preferred_language,
            trusted_headers=trusted_headers(),
        )

    def browser(self) -> Client:
        """Returns a browser of somebody, without a cookie yet."""
        client: Any = Client()
        client.handler = self
        return cast("Client", client)

    def __call__(self, environ: dict[str, Any]) -> HttpResponse:
        """Answers a request of the browser; Django answers only what is not kept."""
        if not environ["HTTP_COOKIE"]:  # no browser sends an empty one
            del environ["HTTP_COOKIE"]
        said: list[Any] = []
        chunks = self._cache(environ, lambda *arguments: said.extend(arguments))
        status, headers = said
        fields = {name: value for name, value in headers if name != "Set-Cookie"}
        answer: Any = HttpResponse(b"".join(chunks), status=int(status[:3]), headers=fields)
        for name, value in headers:
            if name == "Set-Cookie":
                answer.cookies.load(value)
        answer.wsgi_request = WSGIRequest(environ)
        self.hits += fields.get("Cache-Status") == "V2V; hit"
        return answer

    def _ask_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response: Any = self._django(environ)
        cookies = [("Set-Cookie", each.OutputString()) for each in response.cookies.values()]
        start_response(
            f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies]
        )
        return list(response)
