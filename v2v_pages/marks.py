"""What a reader must know about a page before reading it: where its text and date come from."""

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from v2v_snippets.enums import EventStatus, ReviewState, TranslationOrigin
from v2v_snippets.language.formats import long_date
from v2v_snippets.publication.listing import ListingText

if TYPE_CHECKING:
    from .models.articles import ArticlePage
    from .models.base import BasePage
    from .models.events import EventPage
    from .models.process_modules import MobilityModulePage
    from .models.repository import RepositoryArticlePage

ORIGINS: Final = {
    TranslationOrigin.PROJECT: gettext_lazy("Translated by the project."),
    TranslationOrigin.OFFICIAL: gettext_lazy("Official translation."),
    TranslationOrigin.MACHINE: gettext_lazy("Translated by a machine."),
}


def origin_marks(page: "BasePage") -> list[ListingText]:
    """Returns who translated a page, and whether its original has changed, in its own language."""
    marks = []
    with override(page.language):
        if page.translation_origin in ORIGINS:
            marks.append(str(ORIGINS[TranslationOrigin(page.translation_origin)]))
        if page.original_changed_at:
            day = long_date(timezone.localdate(page.original_changed_at), page.language)
            marks.append(
                _("The original was changed on %(day)s; not all of it may be here.") % {"day": day}
            )
    return [ListingText(mark, page.language) for mark in marks]


def article_marks(page: "ArticlePage") -> list[ListingText]:
    """Returns the marks of an article in its own language: of its text, its date, its origin."""
    marks = []
    with override(page.language):
        if page.is_demo_text:
            marks.append(_("Demo text: an example that reports nothing."))
        if page.is_date_assumed:
            day = long_date(page.published_on, page.language)
            marks.append(_("The source gives no date: %(day)s is assumed.") % {"day": day})
    return [*(ListingText(mark, page.language) for mark in marks), *origin_marks(page)]


def review_marks(page: "RepositoryArticlePage") -> list[ListingText]:
    """Returns, in the article's own language, why it cannot be relied on; nothing if it can."""
    state = page.state
    with override(page.language):
        if state == ReviewState.OUTDATED and page.valid_until:
            day = long_date(page.valid_until, page.language)
            mark = _("Outdated: it was valid until %(day)s.") % {"day": day}
        elif state == ReviewState.DUE:
            day = long_date(page.review_on, page.language)
            mark = _("Review due since %(day)s: check the sources.") % {"day": day}
        else:
            return []
    return [ListingText(mark, page.language)]


def event_marks(page: "EventPage") -> list[ListingText]:
    """Returns, in the event's own language, what a reader must know before going there."""
    marks = []
    with override(page.language):
        if page.status == EventStatus.CANCELLED:
            marks.append(_("Cancelled: this event does not take place."))
        elif page.status == EventStatus.POSTPONED:
            marks.append(_("Postponed: this event does not take place on the day given here."))
        if page.is_date_assumed:
            days = page.times.days_in(page.language)
            marks.append(_("The source gives no exact date: %(days)s is assumed.") % {"days": days})
        if page.is_demo_text:
            marks.append(_("Demo text: an example that reports nothing."))
    return [*(ListingText(mark, page.language) for mark in marks), *origin_marks(page)]


def module_marks(page: "MobilityModulePage") -> list[ListingText]:
    """Returns, in the module's own language, whether it is an example, and who translated it."""
    with override(page.language):
        marks = [_("Demo text: an example that reports nothing.")] if page.is_demo_text else []
    return [*(ListingText(mark, page.language) for mark in marks), *origin_marks(page)]
