"""What an editor does to a dispatch: one page each, whose button does it; a look does nothing."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from v2v_snippets.language.locales import own_name

from ...enums import DispatchState
from ...models import Dispatch
from ...services.dispatching.correcting import CORRECTABLE, accepted_by_text, draft_correction
from ...services.dispatching.languages import changes_of_language
from ...services.dispatching.pausing import cancel, pause, resume
from ...services.dispatching.preparing import NothingToSendError, composer, correct_rest
from ...services.dispatching.scheduling import undo_schedule
from ...services.dispatching.selecting import readers_of
from .. import journal
from .action_page import DispatchActionView
from .forms import CorrectionForm, PlanForm
from .places import dispatch_url, place, told_moment
from .planning import plan_dispatch


class PlanView(DispatchActionView):
    """Gives a time to what has none: a correction, or what was taken back."""

    name = "plan"
    page_title = gettext_lazy("Schedule")
    button = gettext_lazy("Schedule")
    offered_in = frozenset({DispatchState.DRAFT, DispatchState.READY, DispatchState.FAILED})
    form_class = PlanForm
    is_checked = True
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
    is_checked = True

    @property
    def notes(self) -> list[str]:
        """Says who gets another language, because theirs is not ready any more or is by now."""
        if self.subject.page is None or self.subject.state != DispatchState.PAUSED:
            return []
        languages = composer().issue_languages(self.subject.page.specific)
        changes = changes_of_language(dispatch=self.subject, languages=languages)
        return [
            ngettext(
                "%(number)d reader will get it in %(after)s and not in %(before)s.",
                "%(number)d readers will get it in %(after)s and not in %(before)s.",
                each.number,
            )
            % {
                "number": each.number,
                "after": own_name(each.after),
                "before": own_name(each.before),
            }
            for each in changes
        ]

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
    is_checked = True
    made: Dispatch | None = None

    @cached_property
    def by_text(self) -> tuple[int, int]:
        """How many have a text of before the rest was corrected, and how many the corrected one."""
        return accepted_by_text(dispatch=self.subject)

    def get_form(self) -> forms.Form:
        """Asks whom it is for, where some have the corrected text already."""
        if not all(self.by_text):
            return super().get_form()
        sent = self.request.POST if self.request.method == "POST" else None
        return CorrectionForm(sent, by_text=self.by_text)

    @property
    def back(self) -> str:
        """Where the correction gets its time."""
        return place("plan", self.made.pk) if self.made else dispatch_url(self.subject)

    def perform(self, form: forms.Form) -> str:
        """Makes the draft, or finds the one there is."""
        page = self.subject.page
        if page is None:
            raise NothingToSendError
        to_all = form.cleaned_data.get("readers") == CorrectionForm.ALL
        self.made = draft_correction(
            of=self.subject, page=page, user=self.request.user, to_all=to_all
        )
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
