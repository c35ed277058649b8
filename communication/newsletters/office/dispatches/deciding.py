"""Decides about uncertain mails, one by one or all of a dispatch: nobody but a person does."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...models import Delivery, Dispatch
from ...services.dispatching.resending import (
    is_corrected,
    resend_all_uncertain,
    resend_uncertain,
    settle_all_uncertain,
    settle_uncertain,
)
from .. import journal
from .action_page import DispatchActionView
from .forms import DecisionForm


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
            corrected = is_corrected(dispatch=self.subject)
            resend_uncertain(delivery=self.delivery, now=now)
            self.note(journal.RESENT, delivery=self.delivery.pk)
            if corrected:
                return _("The corrected text is sent.")
            return _("The mail is sent again, with the same Message-ID.")
        has_arrived = decision == DecisionForm.ARRIVED
        settle_uncertain(delivery=self.delivery, has_arrived=has_arrived, now=now)
        self.note(journal.SETTLED, delivery=self.delivery.pk)
        return _("Noted.")


class DecideAllView(DispatchActionView):
    """Decides about all uncertain mails of a dispatch, where they have one cause."""

    name = "decide_all"
    page_title = gettext_lazy("Uncertain mails")
    button = gettext_lazy("Decide")
    form_class = DecisionForm
    is_serious = True
    explanation = gettext_lazy(
        "Nobody can know whether the mail server took these mails. Decide about all of them only "
        "if the same became of each."
    )

    @property
    def notes(self) -> list[str]:
        """Says how many they are."""
        number = Delivery.objects.filter(dispatch=self.subject).uncertain().count()
        words = ngettext(
            "%d mail of this sending is uncertain.",
            "%d mails of this sending are uncertain.",
            number,
        )
        return [words % number]

    def perform(self, form: Any) -> str:
        """Sends them again, or notes what somebody has found out."""
        decision, now = form.cleaned_data["decision"], timezone.now()
        if decision == DecisionForm.AGAIN:
            corrected = is_corrected(dispatch=self.subject)
            number = resend_all_uncertain(dispatch=self.subject, now=now)
            self.note(journal.ALL_RESENT, number=number)
            if corrected:
                return _("The corrected text is sent.")
            words = ngettext(
                "%d mail is sent again, with the same Message-ID.",
                "%d mails are sent again, with the same Message-IDs.",
                number,
            )
            return words % number
        has_arrived = decision == DecisionForm.ARRIVED
        number = settle_all_uncertain(dispatch=self.subject, has_arrived=has_arrived, now=now)
        self.note(journal.ALL_SETTLED, number=number)
        return _("Noted.")
