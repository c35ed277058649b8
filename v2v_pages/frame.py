"""What stands around every page: navigation, project settings, funding, footnotes, feeds.

It speaks the reader's language. Error pages have the same frame, so it needs no page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from v2v_snippets.keeping import kept
from v2v_snippets.language.locales import CYRILLIC, content_languages, own_name
from v2v_snippets.language.reading import readers_language
from v2v_snippets.models import FundingStatement, Partner, SocialLink, Twinning
from v2v_snippets.publication.listing import ListingText
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import root_url
from v2v_snippets.selectors import (
    all_twinnings,
    country_footnotes,
    funding_texts,
    project_settings,
)

from .citation import mail_address, mistake_report
from .languages import LanguageLink
from .sections import NavigationLink, SiteSections

if TYPE_CHECKING:
    from .models.base import BasePage


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of one list: its address and media type."""

    url: str
    mime_type: str

    @property
    def name(self) -> Any:
        """The format, as lists name it; it is the same in all languages but for calendars."""
        return {**FORMAT_NAMES, "text/calendar": _("calendar (ICS)")}.get(self.mime_type, "")


class Frame:
    """Answers what the base template asks; each answer is read once, and only if it is asked."""

    def __init__(
        self,
        request: HttpRequest | None,
        page: "BasePage | None" = None,
        keys: Iterable[UUID] = (),
        pages: Iterable[int] = (),
    ) -> None:
        self.page = page
        self.request = request
        self.reader = readers_language()
        self.site_name = site_name()
        own_key = [page.translation_key] if page else []
        self.project = project_settings()
        self.footer_keys = [link.page.translation_key for link in self.project.footer_links.all()]
        self.sections = SiteSections(request, [*own_key, *keys], pages)
        self._reports: dict[tuple[str, str, str | None], str] = {}

    @cached_property
    def scope(self) -> tuple[int | None, str]:
        """What parts of the frame that are the same on every page depend on."""
        return self.sections.site_key, self.reader

    @property
    def is_cyrillic(self) -> bool:
        """Tells whether the first words that are seen need the Cyrillic font."""
        return self.reader in CYRILLIC

    @property
    def place(self) -> tuple[UUID | None, bool]:
        """What the menu marks: the section of the page, and whether the page is that itself."""
        return self.sections.place_of(self.page)

    @cached_property
    def home_url(self) -> str:
        """Path of the home page in the reader's language; "/" while there is none."""
        return self.sections.home_url(self.reader) or "/"

    @cached_property
    def menu(self) -> list[NavigationLink]:
        """The sections that show in menus."""
        return self.sections.menu(self.reader, self.page)

    @cached_property
    def footer_links(self) -> list[NavigationLink]:
        """The pages that the project settings put into the footer."""
        return self.sections.links(self.footer_keys, self.reader)

    @cached_property
    def trail(self) -> tuple[NavigationLink, ...]:
        """The way from the home page to the page, without the page itself."""
        return tuple(self.sections.trail(self.page, self.reader)) if self.page else ()

    @cached_property
    def home_links(self) -> list[LanguageLink]:
        """The home page in each language, for pages that exist in none."""
        return [
            LanguageLink(code, own_name(code), url, is_translated=True, is_current=False)
            for code in content_languages()
            if (url := self.sections.home_url(code))
        ]

    @cached_property
    def news_url(self) -> str:
        """Path of the list of news; "" while there is none."""
        return self.sections.index_url("NewsIndexPage", self.reader)

    @cached_property
    def twinnings_url(self) -> str:
        """Path of the list of twinnings; "" while there is none."""
        return self.sections.index_url("TwinningIndexPage", self.reader)

    @cached_property
    def partners_url(self) -> str:
        """Path of the directory of partners; "" while there is none."""
        return self.sections.index_url("PartnerIndexPage", self.reader)

    @cached_property
    def vet_systems_url(self) -> str:
        """Path of the list of VET systems; "" while there is none."""
        return self.sections.index_url("VETSystemIndexPage", self.reader)

    @cached_property
    def repository_url(self) -> str:
        """Path of the repository; "" while there is none."""
        return self.sections.index_url("RepositoryIndexPage", self.reader)

    @cached_property
    def search_url(self) -> str:
        """Path of the search page, to which the boxes of all pages lead; "" while there is none."""
        return self.sections.index_url("SearchIndexPage", self.reader)

    @cached_property
    def glossary_url(self) -> str:
        """Path of the glossary; "" while there is none."""
        return self.sections.index_url("GlossaryIndexPage", self.reader)

    @cached_property
    def events_url(self) -> str:
        """Path of the list of events; "" while there is none."""
        return self.sections.index_url("EventIndexPage", self.reader)

    def record_url(self, record: Partner | Twinning) -> str:
        """Path of the page about a partner or twinning; "" while its list is not there."""
        if isinstance(record, Partner):
            return f"{self.partners_url}{record.slug}/" if self.partners_url else ""
        return f"{self.twinnings_url}{record.number}/" if self.twinnings_url else ""

    @cached_property
    def twinnings(self) -> list[Twinning]:
        """All pairs, read once for all parts of a page that show some."""
        return all_twinnings()

    @property
    def tagline(self) -> Any:
        """The project's row of words nearest to the reader's language, or None."""
        return self.project.text_in(self.reader)

    def report_address(self, title: str, url: str) -> str:
        """Returns the address of a letter that reports a mistake; "" where nobody gets letters.

        It stands on a page twice: beside the text, and at the foot.
        """
        asked = title, url, get_language()
        if asked not in self._reports:
            email = self.project.contact_email
            letter = mail_address(email, *mistake_report(title, url)) if email else ""
            self._reports[asked] = letter
        return self._reports[asked]

    @property
    def social_links(self) -> list[SocialLink]:
        """Where else the project can be followed."""
        return list(self.project.social_links.all())

    @cached_property
    def funding_statement(self) -> FundingStatement | None:
        """The page's own funding statement, or that of the site."""
        own: FundingStatement | None = self.page.funding_statement if self.page else None
        return own or self.project.funding_statement

    @property
    def funding_key(self) -> int | None:
        """The primary key of the page's own funding statement, if it has one."""
        return self.page.funding_statement_id if self.page else None

    @cached_property
    def funding(self) -> list[ListingText]:
        """Funding line and disclaimer, each with its language."""
        statement = self.funding_statement
        return funding_texts(statement, self.reader) if statement else []

    @cached_property
    def footnotes(self) -> list[ListingText]:
        """The footnotes of marked countries, each with its language."""
        return country_footnotes(self.reader)

    @cached_property
    def feeds(self) -> tuple[FeedLink, ...]:
        """The feeds of news in the reader's language; none where nothing is syndicated."""
        return feed_links(self.reader, "news")

    @cached_property
    def subscribe_url(self) -> str:
        """Path of the form for newsletters; "" where nobody writes any."""
        with override(self.reader):
            return reverse_or_nothing("communication_newsletters:subscribe")

    @cached_property
    def oembed_url(self) -> str:
        """Where other sites ask how to embed this page; "" where nothing is syndicated."""
        return oembed_url(self.request) if self.request else ""

    @property
    def admin_url(self) -> str:
        """Where editors sign in; "" on a site without the admin."""
        return reverse_or_nothing("wagtailadmin_home")

    @cached_property
    def api_url(self) -> str:
        """Path of the API's documentation; "" where there is no API."""
        return reverse_or_nothing("v2v_api:docs")


def api_item_url(page: "BasePage") -> str:
    """Returns the path of a page's own text in the API; "" where there is no API."""
    url = reverse_or_nothing("v2v_api:get_content", item_id=str(page.translation_key))
    return f"{url}?locale={page.language}" if url else ""


FORMAT_NAMES = {
    "application/atom+xml": "Atom",
    "application/rss+xml": "RSS",
    "application/feed+json": "JSON Feed",
}
FEED_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


@kept
def feed_links(
    locale: str, listing_type: str, filter_name: str = "", value: str = ""
) -> tuple[FeedLink, ...]:
    """Returns the feeds of a list, by name, so that pages need not know who syndicates them.

    With a filter ("tag", "visits") they are those of that part of the list.
    """
    what = {"locale": locale, "listing_type": listing_type}
    name = "communication_syndication:feed"
    if filter_name:
        what |= {"filter_name": filter_name, "value": value}
        name = "communication_syndication:filtered_feed"
    links = [
        FeedLink(reverse_or_nothing(name, **what, extension=extension), mime_type)
        for extension, mime_type in FEED_TYPES.items()
    ]
    return tuple(link for link in links if link.url)


def oembed_url(request: HttpRequest) -> str:
    """Returns where other sites ask how to embed what stands at this path; "" where nowhere."""
    address = _oembed_path(get_language())
    root = root_url(request)
    asked = urlencode({"url": root + request.path})
    return f"{root}{address}?{asked}" if address else ""


@kept
def _oembed_path(language: str | None) -> str:
    """Returns where the provider answers; patterns may begin with the ``language``."""
    del language
    return reverse_or_nothing("communication_embeds:oembed")


def reverse_or_nothing(name: str, **kwargs: str) -> str:
    """Returns the address of a named view; "" where the app behind it is not installed."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
