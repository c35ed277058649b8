"""What an editor does to a dispatch: one page each, whose button does it; opening it does nothing.

``offered_in`` says in which states the page of a dispatch leads there.
"""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from .. import journal
from ..enums import DispatchState
from ..models import Delivery, Dispatch
from ..office import OfficeView
from ..permissions import user_can_send
from ..services.dispatching.correcting import CORRECTABLE, draft_correction
from ..services.dispatching.moving import DispatchStateError
from ..services.dispatching.pausing import cancel, pause, resume
from ..services.dispatching.preparing import NothingToSendError, correct_rest
from ..services.dispatching.resending import resend_uncertain, settle_uncertain
from ..services.dispatching.scheduling import undo_schedule
from ..services.dispatching.selecting import readers_of
from .forms import DecisionForm, PlanForm
from .places import dispatch_url, place, title_of
from .planning import plan_dispatch


class DispatchActionView(OfficeView):
    """A question, and a button that does something to a dispatch."""

    template_name = "communication_newsletters/admin/dispatch_action.html"
    header_icon = "mail"
    is_allowed = user_can_send
    name: ClassVar[str]
    """In addresses."""
    offered_in: ClassVar[frozenset[DispatchState]] = frozenset()
    is_direct: ClassVar[bool] = False
    """Whether the page of the dispatch has the button itself, without a question before."""
    is_serious: ClassVar[bool] = False
    form_class: ClassVar[type[forms.Form]] = forms.Form
    button: ClassVar[Any]
    explanation: ClassVar[Any] = ""

    @cached_property
    def subject(self) -> Dispatch:
        """The dispatch that the address names."""
        rows = Dispatch.objects.select_related("page", "corrects")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        """Where it goes on."""
        return dispatch_url(self.subject)

    def way(self) -> list[dict[str, Any]]:
        """Leads back to the list and to the dispatch."""
        return [
            {"url": place("index"), "label": _("Sendings")},
            {"url": dispatch_url(self.subject), "label": title_of(self.subject)},
        ]

    def get_page_subtitle(self) -> str:
        """Names what is sent."""
        return title_of(self.subject)

    def get_form(self) -> forms.Form:
        """Returns the form, filled in if it was sent."""
        return self.form_class(self.request.POST if self.request.method == "POST" else None)

    def perform(self, form: Any) -> str:
        """Does it, and returns what is said of it."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Does it, or says what is wrong."""
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            messages.success(request, self.perform(form))
        except DispatchStateError as error:
            messages.error(request, str(error))
        except NothingToSendError:
            messages.error(request, _("There is nothing to send: the issue is gone, or empty."))
        return redirect(self.back)

    def note(self, action: str, **data: Any) -> None:
        """Remembers who did it."""
        journal.note(action, self.subject, self.request.user, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and the words around it."""
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(view=self, form=form, back=self.back, **kwargs)


class PlanView(DispatchActionView):
    """Gives a time to what has none: a correction, or what was taken back."""

    name = "plan"
    page_title = gettext_lazy("Schedule")
    button = gettext_lazy("Schedule")
    offered_in = frozenset({DispatchState.DRAFT, DispatchState.READY, DispatchState.FAILED})
    form_class = PlanForm
    explanation = gettext_lazy("What is sent is the issue as it is published now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how many would get it."""
        readers = readers_of(self.subject).order_by().values("subscriber").distinct()
        return super().get_context_data(number=readers.count(), **kwargs)

    def perform(self, form: Any) -> str:
        """Freezes it and schedules it."""
        plan_dispatch(dispatch=self.subject, plan=form.plan, now=timezone.now())
        moment = told_moment(self.subject)
        self.note(journal.SCHEDULED, moment=moment)
        return _("Scheduled for %(moment)s.") % {"moment": moment}


class UndoView(DispatchActionView):
    """Takes a schedule back."""

    name = "undo"
    page_title = gettext_lazy("Undo")
    button = gettext_lazy("Undo: do not send this")
    offered_in = frozenset({DispatchState.SCHEDULED})
    is_direct = True
    explanation = gettext_lazy("Nothing was sent yet. It can be changed and scheduled again.")

    def perform(self, form: forms.Form) -> str:
        """Takes it back."""
        undo_schedule(dispatch=self.subject)
        self.note(journal.UNDONE)
        return _("Taken back: nothing was sent.")


class PauseView(DispatchActionView):
    """Lets a dispatch wait."""

    name = "pause"
    page_title = gettext_lazy("Pause")
    button = gettext_lazy("Pause")
    offered_in = frozenset({DispatchState.SENDING})
    is_direct = True
    explanation = gettext_lazy("It stops within one mail. Whoever has the mail keeps it.")

    def perform(self, form: forms.Form) -> str:
        """Pauses it."""
        pause(dispatch=self.subject)
        self.note(journal.PAUSED)
        return _("Paused.")


class ResumeView(DispatchActionView):
    """Lets a dispatch go on."""

    name = "resume"
    page_title = gettext_lazy("Go on")
    button = gettext_lazy("Go on sending")
    offered_in = frozenset({DispatchState.PAUSED})
    is_direct = True
    explanation = gettext_lazy("It goes to those who have not had it, as it was frozen.")

    def perform(self, form: forms.Form) -> str:
        """Lets it go on."""
        resume(dispatch=self.subject, now=timezone.now())
        self.note(journal.RESUMED)
        return _("It goes on.")


class CorrectRestView(DispatchActionView):
    """Freezes a paused dispatch anew."""

    name = "correct_rest"
    page_title = gettext_lazy("Correct the rest")
    button = gettext_lazy("Take the issue over as it is published now")
    offered_in = frozenset({DispatchState.PAUSED})
    explanation = gettext_lazy(
        "Mend the issue and publish it first. Those who have not had it get the new text once you "
        "let it go on; those who have had it get nothing, unless you send them a correction."
    )

    def perform(self, form: forms.Form) -> str:
        """Freezes it."""
        correct_rest(dispatch=self.subject, now=timezone.now())
        self.note(journal.REFROZEN)
        return _("The new text is taken over. Now let it go on.")


class CorrectView(DispatchActionView):
    """Begins a correction for those who have had the issue."""

    name = "correct"
    page_title = gettext_lazy("Send a correction")
    button = gettext_lazy("Prepare the correction")
    offered_in = CORRECTABLE
    explanation = gettext_lazy(
        "Mend the issue, say in subject and lead text what was wrong, and publish it first. It "
        "goes to exactly those whose mail was accepted. Nothing is sent before you choose a time."
    )
    made: Dispatch | None = None

    @property
    def back(self) -> str:
        """Where the correction gets its time."""
        return place("plan", self.made.pk) if self.made else dispatch_url(self.subject)

    def perform(self, form: forms.Form) -> str:
        """Makes the draft, or finds the one there is."""
        page = self.subject.page
        if page is None:
            raise NothingToSendError
        waiting = self.subject.corrections.filter(state=DispatchState.DRAFT).first()
        self.made = waiting or draft_correction(of=self.subject, page=page, user=self.request.user)
        self.note(journal.CORRECTED)
        return _("The correction is prepared. Choose when it is sent.")


class CancelView(DispatchActionView):
    """Ends a dispatch for good."""

    name = "cancel"
    page_title = gettext_lazy("Cancel the sending")
    button = gettext_lazy("Cancel for good")
    offered_in = frozenset(
        {
            DispatchState.DRAFT,
            DispatchState.READY,
            DispatchState.FAILED,
            DispatchState.SCHEDULED,
            DispatchState.SENDING,
            DispatchState.PAUSED,
        }
    )
    is_serious = True
    explanation = gettext_lazy(
        "Whoever has not had the mail is left out, and it cannot be taken up again. Whoever has it "
        "keeps it. To stop for a while, pause instead."
    )

    def perform(self, form: forms.Form) -> str:
        """Cancels it."""
        number = cancel(dispatch=self.subject, now=timezone.now())
        self.note(journal.CANCELLED, number=number)
        words = ngettext(
            "Cancelled. %d reader gets nothing.", "Cancelled. %d readers get nothing.", number
        )
        return words % number


class DecideView(DispatchActionView):
    """Decides about one uncertain mail: nobody but a person sends it again."""

    name = "decide"
    page_title = gettext_lazy("Uncertain mail")
    button = gettext_lazy("Decide")
    form_class = DecisionForm
    explanation = gettext_lazy(
        "The connection was lost at the moment of handing over, so nobody can know whether the "
        "mail server took this mail."
    )

    @cached_property
    def delivery(self) -> Delivery:
        """The mail that the address names."""
        rows = Delivery.objects.select_related("dispatch__page")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def subject(self) -> Dispatch:
        """The dispatch of the mail."""
        dispatch: Dispatch = self.delivery.dispatch
        return dispatch

    def perform(self, form: Any) -> str:
        """Sends it again, or notes what somebody has found out."""
        decision, now = form.cleaned_data["decision"], timezone.now()
        if decision == DecisionForm.AGAIN:
            resend_uncertain(delivery=self.delivery, now=now)
            self.note(journal.RESENT, delivery=self.delivery.pk)
            return _("The mail is sent again, with the same Message-ID.")
        has_arrived = decision == DecisionForm.ARRIVED
        settle_uncertain(delivery=self.delivery, has_arrived=has_arrived, now=now)
        self.note(journal.SETTLED, delivery=self.delivery.pk)
        return _("Noted.")


ACTIONS: tuple[type[DispatchActionView], ...] = (
    PlanView,
    UndoView,
    PauseView,
    ResumeView,
    CorrectRestView,
    CorrectView,
    CancelView,
)
"""In the order in which the page of a dispatch offers them."""


def told_moment(dispatch: Dispatch) -> str:
    """Returns for when a dispatch is scheduled, in the time zone in which that was chosen."""
    moment = dispatch.scheduled_for
    if moment is None:
        return "–"
    with timezone.override(dispatch.time_zone or timezone.get_default_timezone()):
        local = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return f"{local} ({dispatch.time_zone})"
