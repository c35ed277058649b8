"""What an editor does to a dispatch: one page each, whose button does it; a look does nothing."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from ...services.dispatching.correcting import CORRECTABLE, draft_correction
from ...services.dispatching.pausing import cancel, pause, resume
from ...services.dispatching.preparing import NothingToSendError, correct_rest
from ...services.dispatching.resending import resend_uncertain, settle_uncertain
from ...services.dispatching.scheduling import undo_schedule
from ...services.dispatching.selecting import readers_of
from .. import journal
from .action_page import DispatchActionView
from .forms import DecisionForm, PlanForm
from .places import dispatch_url, place, told_moment
from .planning import plan_dispatch


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
    page_title = pgettext_lazy("a schedule", "Undo")
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
