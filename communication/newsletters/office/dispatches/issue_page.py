"""The page from which an issue goes out: checklist, languages and readers, test, and the button."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from communication.delivery.services.installation import sending_is_allowed

from ...models import MailingList
from ...permissions import user_can_see_dispatches, user_can_send
from ...services.dispatching.moving import DispatchStateError
from ...services.dispatching.preparing import composer
from ...services.dispatching.selecting import number_who_have
from .. import journal
from ..pages import OfficeView
from .coverage import coverage_of_lists, readers_of_lists
from .forms import SendForm, TrialForm
from .issues import (
    Obstacle,
    dispatches_of,
    is_issue,
    issue_type,
    obstacles,
    original_of,
    told_blocking,
    user_can_reach,
)
from .places import dispatch_url, place, told_moment
from .planning import plan_issue
from .trials import Trial, send_trials, trial_languages

RECENT = 50


def user_can_open(user: Any) -> bool:
    """Tells whether ``user`` may come here at all; what they may do here, the page asks itself."""
    return bool(user.has_perm("wagtailadmin.access_admin"))


class IssueListView(OfficeView):
    """The latest issues, each with the way to its sending."""

    template_name = "communication_newsletters/admin/issues.html"
    page_title = gettext_lazy("Send an issue")
    header_icon = "mail"
    is_allowed = user_can_see_dispatches

    def way(self) -> list[dict[str, Any]]:
        """Leads back to what was sent."""
        return [{"url": place("index"), "label": _("Sendings")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the originals of the latest issues: two queries."""
        return super().get_context_data(issues=_latest_issues(), **kwargs)


class SendView(OfficeView):
    """Sends an issue, by two buttons: a test to few, and to all."""

    template_name = "communication_newsletters/admin/send.html"
    page_title = gettext_lazy("Send")
    header_icon = "mail"
    is_allowed = user_can_open

    @cached_property
    def issue(self) -> Any:
        """The issue in its original language, as it was saved last."""
        page = get_object_or_404(Page, pk=self.kwargs["pk"])
        if not is_issue(page):
            raise Http404
        return original_of(page)

    @cached_property
    def can_send(self) -> bool:
        """Whether this user may write to readers."""
        return user_can_send(self.request.user)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those in which it goes out."""
        return composer().issue_languages(self.issue)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """What is to be looked at."""
        return obstacles(self.issue)

    @cached_property
    def past(self) -> list[Any]:
        """What became of the issue so far."""
        return list(dispatches_of(self.issue).select_related("page"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to those who may neither send nor edit this issue."""
        if not user_can_reach(request.user, self.issue):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def way(self) -> list[dict[str, Any]]:
        """Leads back to the issue."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.issue.pk])
        sendings = {"url": place("index"), "label": _("Sendings")}
        return [sendings, {"url": edit, "label": self.issue.title}]

    def get_page_subtitle(self) -> str:
        """Names the issue."""
        return str(self.issue.title)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sends a test, or the issue."""
        if not sending_is_allowed():
            messages.error(request, _("This database is a copy, and sends nothing."))
            return redirect(request.path)
        return self._test() if "test" in request.POST else self._send()

    def _test(self) -> HttpResponse:
        form = self._trial_form()
        trials = self._tried(form) if form.is_valid() else []
        return self.render_to_response(self.get_context_data(trial_form=form, trials=trials))

    def _tried(self, form: TrialForm) -> list[Trial]:
        trials = send_trials(issue=self.issue, now=timezone.now(), **form.cleaned_data)
        data = {"number": len(trials)}
        log(instance=self.issue, action=journal.TESTED, user=self.request.user, data=data)
        return trials

    def _send(self) -> HttpResponse:
        if not self.can_send:
            raise PermissionDenied
        form, blocking = self._send_form(), told_blocking(self.obstacles)
        if blocking:
            messages.error(self.request, blocking)
        if blocking or not form.is_valid():
            return self.render_to_response(self.get_context_data(send_form=form))
        try:
            return self._planned(form)
        except DispatchStateError as error:
            messages.error(self.request, str(error))
            return redirect(self.request.path)

    def _planned(self, form: SendForm) -> HttpResponse:
        user, data = self.request.user, form.cleaned_data
        dispatch = plan_issue(
            issue=self.issue,
            lists=list(data["lists"]),
            plan=form.plan,
            again=data.get("again", False),
            user=user,
            now=timezone.now(),
        )
        moment = told_moment(dispatch)
        journal.note(journal.SCHEDULED, dispatch, user, moment=moment)
        messages.success(self.request, _("Scheduled for %(moment)s.") % {"moment": moment})
        return redirect(dispatch_url(dispatch))

    def _send_form(self) -> SendForm:
        sent = self.request.POST if "send" in self.request.POST else None
        reached = number_who_have(self.issue) if self.past else 0
        return SendForm(
            sent, readers=readers_of_lists(), reached=reached, initial={"lists": self._lists()}
        )

    def _trial_form(self) -> TrialForm:
        sent = self.request.POST if "test" in self.request.POST else None
        return TrialForm(
            sent,
            prefix="test",
            languages=trial_languages(self.issue),
            own=getattr(self.request.user, "email", ""),
            may_type=self.can_send,
        )

    def _lists(self) -> list[MailingList]:
        """Returns the lists that the issue is for, or all open ones where it does not say."""
        own = getattr(self.issue, "mailing_list", None)
        return [own] if own else list(MailingList.objects.open())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what there is to know before, and the forms."""
        return super().get_context_data(
            issue=self.issue,
            obstacles=self.obstacles,
            blocking=told_blocking(self.obstacles),
            coverage=coverage_of_lists(self.languages, self._lists()),
            past=self.past,
            can_send=self.can_send,
            trial_form=kwargs.pop("trial_form", None) or self._trial_form(),
            send_form=kwargs.pop("send_form", None) or self._send_form(),
            **kwargs,
        )


def _latest_issues() -> list[Any]:
    model = issue_type()
    if model is None:
        return []
    pages = model._default_manager.all()
    originals = pages.values("translation_key").annotate(first=Min("pk")).values("first")
    rows = pages.filter(pk__in=originals).select_related("locale")
    return list(rows.order_by("-latest_revision_created_at", "-pk")[:RECENT])
