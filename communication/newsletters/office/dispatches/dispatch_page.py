"""The page of one sending: how far it is while it goes, and what became of it afterwards."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton

from communication.delivery.enums import OutgoingState

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from ...permissions import (
    user_can_export_subscribers,
    user_can_see_addresses,
    user_can_see_subscribers,
    user_can_send,
)
from ...returns import bounces_are_measured
from ...services.dispatching.expecting import expected_end
from ...services.dispatching.selecting import readers_of
from .. import journal
from ..pages import OfficeView, attachment
from .actions import ACTIONS
from .chart import draw_outcomes
from .figures import after_words, read_figures, unsubscribed_since
from .places import dispatch_url, place, title_of, told_moment
from .recipients import TO_BE_LOOKED_AT, csv_of, recipients_of
from .words import reason_of, remedy_for

SHOWN = 20
PER_PAGE = 100

MOVING = frozenset({DispatchState.PREPARING, DispatchState.SCHEDULED, DispatchState.SENDING})
"""In which a page is shown anew by itself."""


class DispatchListView(IndexView):
    """What was sent and is to be sent, the latest first."""

    page_title = gettext_lazy("Sendings")

    def get_base_queryset(self) -> Any:
        """Loads what the list shows: one query more, for the lists' names."""
        rows = super().get_base_queryset().select_related("page", "created_by")
        return rows.prefetch_related("mailing_lists__texts")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Leads to the issues."""
        return [HeaderButton(_("Send an issue"), url=place("issues"), icon_name="mail")]


class DispatchView(InspectView):
    """One sending."""

    template_name = "communication_newsletters/admin/dispatch.html"
    page_title = gettext_lazy("Sending")
    header_icon = "mail"

    def get_object(self, queryset: Any = None) -> Dispatch:
        """Loads what the page shows of it."""
        rows = Dispatch.objects.select_related("page", "corrects__page", "created_by")
        return get_object_or_404(rows, pk=self.pk)

    def get_page_subtitle(self) -> str:
        """Names what is sent."""
        return title_of(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the list."""
        above = {"url": place("index"), "label": _("Sendings")}
        here = {"url": "", "label": title_of(self.object)}
        return [*self.breadcrumbs_items, above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds figures, what can be done, and the names that this user may see."""
        dispatch, user, now = self.object, self.request.user, timezone.now()
        figures = read_figures(dispatch)
        return {
            **super().get_context_data(**kwargs),
            "title": title_of(dispatch),
            "is_moving": dispatch.state in MOVING,
            "figures": figures.total,
            "after": after_words(figures.total),
            "bounces_are_measured": bounces_are_measured(),
            "unsubscribed": unsubscribed_since(dispatch),
            "chart": draw_outcomes(figures.by_language),
            "expected": _expected(dispatch, figures.total.selected, now),
            "moment": told_moment(dispatch),
            "remedy": remedy_for(dispatch.paused_reason),
            "variants": dispatch.variants.defer("html", "text", "compiled"),
            "lists": dispatch.mailing_lists.with_texts(),
            "corrections": dispatch.corrections.all(),
            "actions": _actions(dispatch, user),
            "can_send": user_can_send(user),
            "can_see": user_can_see_subscribers(user),
            "can_export": user_can_export_subscribers(user),
            "troubles": _troubles(dispatch, user),
        }


class DispatchHistoryView(HistoryView):
    """Who did what to a sending, for all who may see it."""

    any_permission_required = ["view"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the sending."""
        return [
            *self.breadcrumbs_items,
            {"url": place("index"), "label": _("Sendings")},
            {"url": dispatch_url(self.object), "label": title_of(self.object)},
            {"url": "", "label": _("History")},
        ]


class RecipientListView(OfficeView):
    """All who were selected, or those of whom one thing became."""

    template_name = "communication_newsletters/admin/recipients.html"
    page_title = gettext_lazy("Recipients")
    header_icon = "group"
    is_allowed = user_can_see_subscribers

    @cached_property
    def subject(self) -> Dispatch:
        """The dispatch that the address names."""
        return get_object_or_404(Dispatch.objects.select_related("page"), pk=self.kwargs["pk"])

    def way(self) -> list[dict[str, Any]]:
        """Leads back to the dispatch."""
        above = {"url": dispatch_url(self.subject), "label": title_of(self.subject)}
        return [{"url": place("index"), "label": _("Sendings")}, above]

    def get_page_subtitle(self) -> str:
        """Names what was sent."""
        return title_of(self.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds a page of them."""
        asked = self.request.GET.get("state", "")
        state = asked if asked in OutgoingState.values else ""
        rows = Paginator(recipients_of(self.subject, state), PER_PAGE)
        page = rows.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page,
            people=_people(page, self.request.user),
            states=OutgoingState.choices,
            state=state,
            can_send=user_can_send(self.request.user),
            dispatch=self.subject,
            **kwargs,
        )


class RecipientFileView(View):
    """Gives out who was selected as a file, to those who may take addresses away."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Writes the file line by line; 403 for those who may not have it."""
        dispatch = get_object_or_404(Dispatch.objects.select_related("page"), pk=pk)
        answer = attachment(csv_of(dispatch), f"recipients-{dispatch.uuid}", request.user)
        journal.note(journal.RECIPIENTS_EXPORTED, dispatch, request.user)
        return answer


def _actions(dispatch: Dispatch, user: Any) -> list[dict[str, Any]]:
    if not user_can_send(user):
        return []
    return [
        {"view": action, "url": place(action.name, dispatch.pk)}
        for action in ACTIONS
        if dispatch.state in action.offered_in
    ]


def _expected(dispatch: Dispatch, selected: int, now: datetime) -> dict[str, Any]:
    """Returns how many are written to, and when that is done as far as anybody can say."""
    is_open = dispatch.state == DispatchState.SCHEDULED
    readers = readers_of(dispatch).order_by().values("subscriber").distinct() if is_open else None
    return {
        "number": selected if readers is None else readers.count(),
        "end": expected_end(dispatch=dispatch, now=now),
    }


def _troubles(dispatch: Dispatch, user: Any) -> list[dict[str, Any]]:
    """Returns the first of those who may have got nothing, by what became of them."""
    if not user_can_see_subscribers(user):
        return []
    return [
        {"state": state, "people": _people(recipients_of(dispatch, state)[:SHOWN], user)}
        for state in TO_BE_LOOKED_AT
    ]


def _people(deliveries: Any, user: Any) -> list[dict[str, Any]]:
    is_whole = user_can_see_addresses(user)
    return [
        {
            "delivery": each,
            "address": _address(each, is_whole=is_whole),
            "reason": reason_of(each),
            "is_uncertain": each.state == OutgoingState.UNCERTAIN,
        }
        for each in deliveries
    ]


def _address(delivery: Delivery, *, is_whole: bool) -> str:
    return (delivery.address if is_whole else delivery.masked_address) or _("erased")
