"""What stands at a public address: a page, or one of those that a page makes below itself."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin
from uuid import UUID

from django.http import Http404, HttpRequest
from wagtail.models import Page

from v2v_snippets.language.locales import content_languages
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.languages import best_version, public_versions
from v2v_snippets.publication.listing import Listed
from v2v_snippets.publication.site_answers import SITE_ADDRESS, SiteAnswer, answer_at, path_of
from v2v_snippets.publication.urls import root_url, url_in
from v2v_snippets.remembering import remembering

from ..companions import companions_of, companions_of_records
from ..items import page_id, printable
from ..selectors import NEVER, site_asked
from .cards import Card, page_card

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
LONGEST: Final = 2000
"""How many characters an address or a route has at most."""
MOST_STEPS: Final = 5
"""How many addresses are tried that lead from one to the next."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What other sites embed: a page for readers of one language, or a route below it."""

    page: Any
    locale: str
    route: str
    """What follows the page's own path, such as ``tag/visits/`` or ``C-0001/``; mostly ""."""
    card: Card


def subject_at(address: str, request: HttpRequest) -> Subject:
    """Returns what the public reads at an absolute address of the site asked.

    The site's own routing decides, with the prefixes of all languages; old addresses lead on.

    Raises:
        Http404: when it lies elsewhere, or nothing public is there.
    """
    site = site_asked(request)
    if not SITE_ADDRESS.match(address) or len(address) > LONGEST:
        raise _nothing()
    for _step in range(MOST_STEPS):
        asked = path_of(address, request, site)
        if asked is None:
            break
        answer = answer_at(*asked, request, site)
        if answer.page is not None:
            own = url_in(answer.page, answer.language, request)
            written = quote(asked[0], safe="/~:@!$&'()*+,;=")
            route = unquote(written.removeprefix(own)) if written.startswith(own) else ""
            return _subject(answer, answer.language, route, request)
        if answer.status not in REDIRECTS:
            break
        address = urljoin(urljoin(root_url(request), quote(asked[0])), answer.location)
    raise _nothing()


def subject_by_key(request: HttpRequest, locale: str, key: UUID, route: str = "") -> Subject:
    """Returns a page by its identifier, in the best version for readers of ``locale``.

    Raises:
        Http404: when the public knows none by it, or nothing is at that route.
    """
    site = site_asked(request)
    page = best_version(public_versions([key])[key], locale)
    own = url_in(page, locale, request) if page and locale in content_languages() else ""
    if page is None or not own.startswith("/"):
        raise _nothing()
    if not route.isprintable() or len(route) > LONGEST:
        raise _nothing()
    if not route:
        return _subject(SiteAnswer(200, page=_specific(page)), locale, "", request)
    answer = answer_at(unquote(own) + route, "", request, site)
    if answer.page is None or answer.page.translation_key != key:
        raise _nothing()
    return _subject(answer, locale, route, request)


def _nothing() -> Http404:
    return Http404("Nothing public is at this address.")


def _specific(page: Page) -> Any:
    specific: Any = page.specific
    specific.locale = page.locale
    return specific


def _subject(answer: SiteAnswer, locale: str, route: str, request: HttpRequest) -> Subject:
    page = _specific(answer.page)
    with remembering(), text_in(locale):
        if isinstance(page, Listed) and not route:
            card = page_card(page, locale, request, pictured=True)
        else:
            card = _plain_card(page, answer, locale, route, request)
    return Subject(page, locale, route, card)


def _plain_card(
    page: Any, answer: SiteAnswer, locale: str, route: str, request: HttpRequest
) -> Card:
    """Returns the card of a page that is no item of a list, or of what it makes at a route.

    What the page's own view calls it, in ``subject`` of the context, is the best name.
    """
    named = answer.context.get("subject") if route else None
    name = getattr(named, "name", "") or page.title
    summary = getattr(page, "summary", "") or page.search_description
    language = page.locale.language_code
    has_companions = hasattr(page, "funding_texts") and hasattr(page, "licence_code")
    address = urljoin(root_url(request), url_in(page, locale, request)) + quote(route)
    return Card(
        id=page_id(page) if not route else address,
        url=address,
        title=printable(str(name)),
        language=language,
        summary=printable(str(getattr(named, "description", summary))),
        summary_language=language,
        texts=companions_of(page, locale) if has_companions else companions_of_records(locale),
        updated_at=page.last_published_at or NEVER,
    )
