"""What the pages that do one thing to a dispatch share: the question, the button, the way back."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ...enums import DispatchState
from ...models import Dispatch
from ...permissions import user_can_send
from ...services.dispatching.moving import DispatchStateError
from ...services.dispatching.preparing import NothingToSendError
from .. import journal
from ..pages import OfficeView
from .issues import Obstacle, obstacles, original_of, told_blocking
from .places import dispatch_url, place, title_of


class DispatchActionView(OfficeView):
    """A question, and a button that does something to a dispatch."""

    template_name = "communication_newsletters/admin/dispatch_action.html"
    header_icon = "mail"
    is_allowed = user_can_send
    name: ClassVar[str]
    """In addresses."""
    offered_in: ClassVar[frozenset[DispatchState]] = frozenset()
    """In which states the page of a dispatch leads there."""
    is_direct: ClassVar[bool] = False
    """Whether the page of the dispatch has the button itself, without a question before."""
    is_serious: ClassVar[bool] = False
    is_checked: ClassVar[bool] = False
    """Whether the issue goes out by it, so that the checklist must find nothing to be mended."""
    form_class: ClassVar[type[forms.Form]] = forms.Form
    button: ClassVar[Any]
    explanation: ClassVar[Any] = ""

    @cached_property
    def subject(self) -> Dispatch:
        """The dispatch that the address names."""
        rows = Dispatch.objects.select_related("page", "corrects")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """What is to be looked at before, as on the issue's own page of sending."""
        page = self.subject.page if self.is_checked else None
        return obstacles(original_of(page)) if page else []

    @property
    def notes(self) -> list[str]:
        """What else is to be known before the button is pressed, in sentences."""
        return []

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
        form, blocking = self.get_form(), told_blocking(self.obstacles)
        if blocking:
            messages.error(request, blocking)
        if blocking or not form.is_valid():
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
        return super().get_context_data(
            view=self,
            form=form,
            back=self.back,
            obstacles=self.obstacles,
            blocking=told_blocking(self.obstacles),
            **kwargs,
        )
