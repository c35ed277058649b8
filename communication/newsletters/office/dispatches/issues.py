"""Which pages are issues, what has become of them so far, and what keeps one from going out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from v2v_snippets.language.locales import own_name

from ...enums import DispatchKind, DispatchState
from ...models import Dispatch, MailingList
from ...permissions import user_can_send

DEFAULT_TYPE: Final = "communication_newsletters.NewsletterPage"
DEFAULT_CHECKLIST: Final = "communication.newsletters.services.checking.checklist"

ENDED_STATES: Final = frozenset(
    {
        DispatchState.SENT,
        DispatchState.SENT_UNCERTAIN,
        DispatchState.CANCELLED,
        DispatchState.FAILED,
    }
)
"""In which nothing is on its way, and nothing will be by itself."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something to be looked at before an issue goes out."""

    message: str
    is_blocking: bool
    language: str = ""
    """Own name of the language that it is about; "" for all of them."""


def issue_type() -> Any:
    """Returns the page type of issues, which ``V2V_ISSUE_TYPE`` names; None where there is none."""
    try:
        return apps.get_model(getattr(settings, "V2V_ISSUE_TYPE", DEFAULT_TYPE))
    except LookupError:
        return None


def is_issue(page: Page) -> bool:
    """Tells whether a page can be sent; no query."""
    model, own = issue_type(), page.cached_content_type.model_class()
    return model is not None and own is not None and issubclass(own, model)


def user_can_reach(user: Any, page: Page) -> bool:
    """Tells whether ``user`` may test this issue: who edits it may, and who sends any may."""
    return user_can_send(user) or bool(page.permissions_for_user(user).can_edit())


def original_of(page: Page) -> Any:
    """Returns the version of an issue from which the others were translated, as it was saved last.

    It may not be published yet: a test shows what an editor has just written.
    """
    versions = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    return (versions.first() or page).get_latest_revision_as_object()


def dispatches_of(page: Page) -> "QuerySet[Any]":
    """Returns all dispatches of an issue, whichever of its versions they name."""
    return Dispatch.objects.filter(page__translation_key=page.translation_key)


def on_the_way(page: Page, lists: Iterable[MailingList]) -> Any:
    """Returns a dispatch of the issue to one of the lists that has not ended; None if none has."""
    same = dispatches_of(page).filter(kind=DispatchKind.NORMAL, mailing_lists__in=list(lists))
    return same.exclude(state__in=ENDED_STATES).first()


def obstacles(issue: Any) -> list[Obstacle]:
    """Returns what is to be looked at, first what keeps the issue from being sent.

    ``V2V_ISSUE_CHECKLIST`` names the function that knows what an issue should be like.
    """
    name = getattr(settings, "V2V_ISSUE_CHECKLIST", DEFAULT_CHECKLIST)
    check: Callable[[Any], list[Any]] = import_string(name)
    found = [
        Obstacle(each.message, each.is_blocking, own_name(each.language) if each.language else "")
        for each in check(issue)
    ]
    return sorted([*_of_sending(issue), *found], key=lambda each: not each.is_blocking)


def _of_sending(issue: Any) -> list[Obstacle]:
    found = []
    if not issue.live:
        found.append(_("Publish the issue first: what is sent is what the archive shows."))
    elif issue.has_unpublished_changes:
        found.append(_("Publish the latest changes first: what is sent is what is published."))
    return [Obstacle(message, is_blocking=True) for message in found]


def told_blocking(found: Iterable[Obstacle]) -> str:
    """Says how many findings keep an issue from going out; "" where none does."""
    number = sum(each.is_blocking for each in found)
    if not number:
        return ""
    return (
        ngettext(
            "%d thing keeps this issue from being sent.",
            "%d things keep this issue from being sent.",
            number,
        )
        % number
    )
