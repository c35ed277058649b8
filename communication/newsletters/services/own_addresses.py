"""Follows links to the site itself, so that an editor learns before the readers where one ends."""

from contextlib import suppress
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest
from django.urls import resolve
from wagtail.models import Site

from v2v_snippets.publication.documents import public_documents
from v2v_snippets.publication.site_answers import answer_at, path_of

from ..selectors import default_site

MOST_STEPS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
FOR_SOME: Final = 403
"""The answer where a page is for some alone: they can sign in there."""

DOCUMENT: Final = "wagtaildocs_serve"
"""Wagtail's name for the addresses of documents."""


class OwnAddresses:
    """Tells of addresses of the site whether anything is there; asks for each of them once."""

    def __init__(self) -> None:
        self._site = default_site()
        self._known: dict[str, bool] = {}

    def lead_nowhere(self, address: str) -> bool:
        """Tells whether a reader who has just arrived finds nothing at an address of the site.

        Of other sites, nobody is asked. An address costs a few queries.
        """
        if address not in self._known:
            self._known[address] = False
            # no reader gets as far as that where the site does not know its own name
            with suppress(DisallowedHost):
                self._known[address] = _leads_nowhere(address, self._site)
        return self._known[address]


def _leads_nowhere(address: str, site: Site | None) -> bool:
    if site is None:
        return False
    request = _request_to(site)
    for _step in range(MOST_STEPS):
        asked = path_of(address, request, site)
        if asked is None:
            return False
        answer = answer_at(*asked, request, site)
        if answer.status not in REDIRECTS:
            is_refused = answer.status >= 400 and answer.status != FOR_SOME
            return is_refused or _lacks_document(asked[0])
        address = urljoin(address, answer.location)
    return True


def _request_to(site: Site) -> HttpRequest:
    """Makes a request that names the site as readers do."""
    request = HttpRequest()
    request.META = {
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": urlsplit(site.root_url).netloc,
    }
    return request


def _lacks_document(path: str) -> bool:
    """Tells whether a path is that of a document which the public cannot fetch."""
    try:
        match = resolve(path)
    except Http404:
        return False  # a page below the prefix of a language that is not being read
    if match.url_name != DOCUMENT:
        return False
    document = public_documents().filter(pk=int(match.kwargs["document_id"])).first()
    return document is None or document.filename != match.kwargs["filename"]
