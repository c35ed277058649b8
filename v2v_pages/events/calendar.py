"""Events as entries of calendars, each in its own language, with what every copy must carry."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin
from uuid import UUID

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from v2v_snippets.enums import EventStatus, licence_name, licence_url
from v2v_snippets.images import PICTURE_SIZES, prefetch_pictures, renditions_of
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.elsewhere import html_for_elsewhere
from v2v_snippets.publication.listing import ListingText
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import full_url_in, root_url

from ..calendars.entries import (
    MIME_TYPE,
    CalendarEntry,
    EntryStatus,
    can_write_calendars,
    write_calendar,
)
from ..frame import FeedLink, reverse_or_nothing

if TYPE_CHECKING:
    from ..models.events import EventPage

PICTURE: Final = "body"
"""The size in which calendars get the picture that stands for an event."""

STATES: Final[dict[str, EntryStatus]] = {
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.CONFIRMED: "CONFIRMED",
    EventStatus.POSTPONED: "CANCELLED",
    EventStatus.CANCELLED: "CANCELLED",
}
"""What is postponed does not take place then either, and calendars know no other word for it."""


def calendar_url(locale: str, filters: str = "") -> str:
    """Returns the path of the calendar of a language; "" on a site that offers none."""
    parts = {"locale": locale, "filters": filters}
    return reverse_or_nothing("v2v_calendars:events", **parts) if can_write_calendars() else ""


def calendar_links(locale: str, filters: str = "") -> tuple[FeedLink, ...]:
    """Returns the calendar of a language as lists offer their feeds; none where there is none."""
    url = calendar_url(locale, filters)
    return (FeedLink(url, MIME_TYPE),) if url else ()


def event_file_url(key: UUID, locale: str) -> str:
    """Returns the path of the calendar of one event; "" on a site that offers none."""
    parts = {"locale": locale, "key": str(key)}
    return reverse_or_nothing("v2v_calendars:event", **parts) if can_write_calendars() else ""


def event_entry(page: "EventPage", request: HttpRequest) -> CalendarEntry:
    """Returns an event as an entry; its words are those of the page."""
    times, language = page.times, page.language
    is_timed = bool(times.starts) and (bool(times.ends) or times.last_day == times.first)
    address = full_url_in(page, language, request)
    with text_in(language):
        title = f"{page.get_status_display()}: {page.title}" if page.is_off else page.title
        return CalendarEntry(
            uid=str(page.translation_key),
            start=(times.starts if is_timed else None) or times.first,
            end=times.ends if is_timed else times.last_day,
            summary=title,
            description=_description(page, address),
            html=_html(page, request),
            image=_image(page, request),
            location=_location(page),
            url=address,
            status=_status(page),
            categories=(str(page.get_kind_display()),),
            language=language,
            last_modified=page.last_published_at or page.latest_revision_created_at,
        )


def events_calendar(
    pages: Sequence["EventPage"], request: HttpRequest, language: str, labels: Sequence[str] = ()
) -> bytes:
    """Returns the calendar of a list in the reader's language; ``labels`` are its filters."""
    prefetch_pictures([page.lead_image for page in pages], PICTURE)
    for page in pages[:1]:
        page.load_bodies(pages)
    with text_in(language):
        parts = [site_name(), str(capfirst(_("events"))), *labels]
    return write_calendar(
        name=" – ".join(part for part in parts if part),
        language=language,
        entries=[event_entry(page, request) for page in pages],
        source=urljoin(root_url(request), request.path),
    )


def event_file(page: "EventPage", request: HttpRequest) -> bytes:
    """Returns one event as a calendar to be taken over."""
    entry = event_entry(page, request)
    return write_calendar(name=page.title, language=page.language, entries=[entry], url=entry.url)


def _status(page: "EventPage") -> EntryStatus:
    is_doubtful = page.is_date_assumed and not page.is_off
    return "TENTATIVE" if is_doubtful else STATES[page.status]


def _location(page: "EventPage") -> str:
    parts = [page.place]
    if page.is_online:
        online = pgettext("place of an event", "online")
        parts.append(f"{online} ({page.online_url})" if page.online_url else online)
    return "; ".join(part for part in parts if part)


def _description(page: "EventPage", address: str) -> str:
    """Returns what to know before going there, then terms, funding and footnotes as feeds do."""
    times, language = page.times, page.language
    when = ", ".join(filter(None, [times.days_in(language), times.hours_in(language)]))
    hosts = ", ".join(str(partner) for partner in page.organisers)
    labels = {"when": _("When"), "hosts": _("Hosts"), "licence": _("Licence")}
    about = [
        *(mark.text for mark in page.listing_marks()),
        page.summary,
        f"{labels['when']}: {when}",
        f"{labels['hosts']}: {hosts}" if hosts else "",
        address,
    ]
    terms = [f"{labels['licence']}: {_licence(page)}", *(text.text for text in _sentences(page))]
    return "\n".join([*filter(None, about), "", *filter(None, terms)])


def _html(page: "EventPage", request: HttpRequest) -> str:
    """Returns the whole text with marks and terms: who shows it shows no description beside it."""
    marks = [(mark.language, mark.text) for mark in page.listing_marks()]
    terms = [(page.language, f"{_('Licence')}: {_licence(page)}")]
    terms += [(text.language, text.text) for text in _sentences(page)]
    parts = [
        format_html_join("", '<p lang="{}"><em>{}</em></p>', marks),
        page.body_html(request),
        "<hr>",
        format_html_join("", '<p lang="{}"><small>{}</small></p>', terms),
    ]
    return html_for_elsewhere("\n".join(parts))


def _image(page: "EventPage", request: HttpRequest) -> str:
    spec = PICTURE_SIZES[PICTURE].specs[-1]
    image = page.lead_image
    renditions = renditions_of(image, [spec]) if image else None
    return urljoin(root_url(request), renditions[spec].url) if renditions else ""


def _licence(page: "EventPage") -> str:
    code = page.licence_code
    return " ".join(filter(None, [licence_name(code), licence_url(code)]))


def _sentences(page: "EventPage") -> list[ListingText]:
    """Returns what every copy must carry: funding line, disclaimer, footnotes."""
    return [*page.funding_texts(), *page.footnotes()]
