"""What social networks are told of a page, in the words of https://ogp.me.

Networks that ask for words of their own take these instead.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone

from v2v_snippets.images import social_picture

from ..frame import Frame, reverse_or_nothing
from ..subject import Subject
from .card import SIZE

if TYPE_CHECKING:
    from ..guests import GuestLanguages, GuestPage
    from ..languages import PageLanguages
    from ..models.base import BasePage

LOCALES: Final = {
    "en": "en_GB",
    "it": "it_IT",
    "nl": "nl_NL",
    "fi": "fi_FI",
    "sl": "sl_SI",
    "hr": "hr_HR",
    "bs": "bs_BA",
    "cnr": "cnr_ME",
    "sr-latn": "sr_Latn_RS",
    "sr": "sr_RS",
    "sq": "sq_AL",
    "es": "es_ES",
    "ca": "ca_ES",
}
"""Languages as language_TERRITORY."""


class SharedPicture(NamedTuple):
    """What is shown beside a link to a page; its size is in pixels, its address absolute."""

    url: str
    width: int
    height: int
    description: str


def shared_picture(image: Any, request: HttpRequest) -> SharedPicture | None:
    """Returns an image in the version for networks; None where there is none, or it is broken."""
    version = social_picture(image) if image else None
    if version is None:
        return None
    url = request.build_absolute_uri(version.url)
    return SharedPicture(url, version.width, version.height, image.default_alt_text)


def card_of(request: HttpRequest, subject: Subject, frame: Frame) -> SharedPicture:
    """Returns the card of a page without a picture: its title, or that of the site as a whole."""
    url = reverse_or_nothing("v2v_sharing:card", path=request.path.strip("/"))
    address = request.build_absolute_uri(url or static("v2v_pages/sharing.png"))
    return SharedPicture(address, *SIZE, subject.name if url else frame.site_name)


def locale_of(code: str) -> str:
    """Returns a language as Open Graph writes it; an unknown one as it is."""
    return LOCALES.get(code, code.replace("-", "_"))


def properties(
    page: "BasePage | GuestPage",
    subject: Subject,
    site_name: str,
    picture: SharedPicture,
    tags: Iterable[Any] = (),
) -> Iterator[tuple[str, Any]]:
    """Yields what is said of a page: property and content."""
    languages: PageLanguages | GuestLanguages = page.languages
    is_article = bool(getattr(page, "published_on", None))
    yield "og:type", "article" if is_article else "website"
    yield "og:site_name", site_name
    yield "og:title", subject.name
    yield "og:description", subject.description
    yield "og:url", languages.canonical_url
    yield "og:locale", locale_of(languages.served)
    for link in languages.other_translations:
        yield "og:locale:alternate", locale_of(link.code)
    yield "og:image", picture.url
    yield "og:image:width", picture.width
    yield "og:image:height", picture.height
    yield "og:image:alt", picture.description
    if is_article:
        yield from _of_article(page, tags)


def _of_article(page: Any, tags: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    if not getattr(page, "is_date_assumed", False):
        yield "article:published_time", page.published_on.isoformat()
    if page.last_published_at:
        yield "article:modified_time", timezone.localtime(page.last_published_at).isoformat()
    for tag in tags:
        yield "article:tag", tag.name
