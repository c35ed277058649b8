"""What the admin's pages that do one thing share: the question, who may do it, and the way back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class ActionView(WagtailAdminTemplateMixin, TemplateView):
    """A form whose button does something to a subject that has a viewset with a page for each."""

    template_name = "communication_syndication/action.html"
    namespace: ClassVar[str]
    """Of the viewset of the subject."""
    is_allowed: ClassVar[Callable[[Any], bool]]
    form_class: ClassVar[type[forms.Form]] = forms.Form
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    """What is said to the editor when it is raised, and then nothing has been done."""
    button: ClassVar[Any]
    explanation: ClassVar[Any] = ""
    warning: ClassVar[Any] = ""
    is_serious: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to whoever may not do it."""
        if not type(self).is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def subject(self) -> Any:
        """What it is done to."""
        raise NotImplementedError

    @property
    def sent(self) -> Any:
        """What was filled in; None where nothing was sent yet."""
        return self.request.POST if self.request.method == "POST" else None

    def get_form(self) -> forms.Form:
        """Returns the form, filled in if it was sent."""
        return self.form_class(self.sent)

    def perform(self, form: Any) -> HttpResponse | None:
        """Does what the form asks for; returns an answer of its own, if there is one."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Does it, or says what is wrong."""
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            answer = self.perform(form)
        except self.refusals as error:
            messages.error(request, str(error))
            answer = None
        return answer or redirect(self.back)

    def show_once(self, template_name: str, **context: Any) -> HttpResponse:
        """Answers with a page that has no address, so that nobody can be led to it again."""
        self.template_name = template_name
        return self.render_to_response(self.get_context_data(**context))

    @property
    def back(self) -> str:
        """Where it goes on."""
        return self._subject_url

    @property
    def _subject_url(self) -> str:
        return reverse(f"{self.namespace}:inspect", args=[self.subject.pk])

    def get_page_subtitle(self) -> str:
        """Names the subject."""
        return str(self.subject)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the subject and the list of all."""
        plural = capfirst(self.subject._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{self.namespace}:index"), "label": plural},
            {"url": self._subject_url, "label": str(self.subject)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and the words around it."""
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(view=self, form=form, back=self.back, **kwargs)
