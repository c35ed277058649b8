"""What is done to a webhook: tried, switched off and on, given a secret, sent again.

The text of a secret stands in the answer to the form that made it and nowhere else.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..forms import EnablingForm, ReplayForm, SecretRotationForm
from ..models import WebhookDelivery, WebhookEndpoint
from ..permissions import user_can_run_webhooks
from ..services.webhook_endpoints import (
    EndpointStateError,
    disable_webhook,
    enable_webhook,
    rotate_secret,
    send_test,
)
from ..services.webhook_replaying import ReplayError, replay, replay_delivery

NAMESPACE = "communication_webhooks"
DELIVERIES = "communication_webhook_deliveries"
SHOWN_ONCE = "communication_syndication/webhook_secret.html"


def endpoint_url(endpoint: WebhookEndpoint) -> str:
    """Returns where a webhook and its latest deliveries are seen."""
    return reverse(f"{NAMESPACE}:inspect", args=[endpoint.pk])


def delivery_url(delivery: WebhookDelivery) -> str:
    """Returns where a delivery and its attempts are seen."""
    return reverse(f"{DELIVERIES}:inspect", args=[delivery.pk])


class EndpointActionView(WagtailAdminTemplateMixin, TemplateView):
    """What the pages about one webhook share: who may do it, the question, and the way back."""

    template_name = "communication_syndication/webhook_form.html"
    header_icon = "mail"
    is_allowed: ClassVar[Callable[[Any], bool]] = user_can_run_webhooks
    form_class: ClassVar[type[forms.Form]] = forms.Form
    button: ClassVar[Any]
    explanation: ClassVar[Any] = ""
    is_serious: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to whoever may not do it."""
        if not type(self).is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def endpoint(self) -> WebhookEndpoint:
        """The webhook that it is about."""
        return self.find_endpoint()

    def find_endpoint(self) -> WebhookEndpoint:
        """Returns the webhook that the address names."""
        rows = WebhookEndpoint.objects.select_related("partner_site")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def perform(self, form: Any) -> HttpResponse | None:
        """Does what the form asks for; returns an answer of its own, if there is one."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Does it, or says what is wrong."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            answer = self.perform(form)
        except (EndpointStateError, ReplayError) as error:
            messages.error(request, str(error))
            answer = None
        return answer or redirect(self.back)

    @property
    def back(self) -> str:
        """Where it goes on."""
        return endpoint_url(self.endpoint)

    def get_page_subtitle(self) -> str:
        """Names the webhook."""
        return str(self.endpoint)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the webhook and the list of all."""
        plural = capfirst(WebhookEndpoint._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": plural},
            {"url": endpoint_url(self.endpoint), "label": str(self.endpoint)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and the words around it."""
        form = kwargs.pop("form", None) or self.form_class()
        return super().get_context_data(view=self, form=form, back=self.back, **kwargs)


class RotateSecretView(EndpointActionView):
    """Gives a webhook another secret, with some days in which both sign."""

    page_title = gettext_lazy("New secret")
    form_class = SecretRotationForm
    button = gettext_lazy("Create the new secret")

    def perform(self, form: Any) -> HttpResponse:
        """Makes it, and shows it this once."""
        grace = timedelta(days=form.cleaned_data["grace_days"])
        secret = rotate_secret(endpoint=self.endpoint, grace=grace, user=self.request.user)
        self.template_name = SHOWN_ONCE
        return self.render_to_response(self.get_context_data(secret=secret))


class DisableView(EndpointActionView):
    """Switches a webhook off."""

    page_title = gettext_lazy("Switch off")
    button = gettext_lazy("Switch it off")
    explanation = gettext_lazy(
        "Nothing is sent to it any more, and what waits for it is left out. When it is switched on "
        "again, all that it has missed in the last 90 days can be sent."
    )
    is_serious = True

    def perform(self, form: forms.Form) -> None:
        """Switches it off, and says so."""
        disable_webhook(endpoint=self.endpoint, user=self.request.user)
        messages.success(self.request, _("The webhook is switched off."))


class EnableView(EndpointActionView):
    """Switches a webhook on again."""

    page_title = gettext_lazy("Switch on")
    form_class = EnablingForm
    button = gettext_lazy("Switch it on")

    def perform(self, form: Any) -> None:
        """Switches it on, and says what follows."""
        catch_up = form.cleaned_data["catch_up"]
        number = enable_webhook(endpoint=self.endpoint, catch_up=catch_up, user=self.request.user)
        messages.success(self.request, _("The webhook is switched on. %s") % told(number))


class SendTestView(EndpointActionView):
    """Sends an event that tells of nothing."""

    page_title = gettext_lazy("Send a test")
    button = gettext_lazy("Send it")
    explanation = gettext_lazy(
        "An event of the type “ping”, signed as all are. It is tried once, and what comes back "
        "stands in the list of deliveries."
    )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Leads to where the answer will stand."""
        test = send_test(endpoint=self.endpoint, user=self.request.user)
        messages.success(
            self.request, _("The test is on its way. Load this page again to see the answer.")
        )
        return redirect(delivery_url(test))


class ReplayView(EndpointActionView):
    """Sends again what happened in a time."""

    page_title = gettext_lazy("Send again")
    form_class = ReplayForm
    button = gettext_lazy("Send again")
    explanation = gettext_lazy(
        "All changes of a time that the webhook is told of, in order, with the numbers that their "
        "messages had. They are kept for 90 days."
    )

    def perform(self, form: Any) -> None:
        """Queues them, and says how many there are."""
        number = replay(endpoint=self.endpoint, user=self.request.user, **form.cleaned_data)
        messages.success(self.request, told(number))


class ReplayDeliveryView(EndpointActionView):
    """Sends one delivery again."""

    page_title = gettext_lazy("Send again")
    button = gettext_lazy("Send it again")
    explanation = gettext_lazy(
        "The message keeps its number, so that a receiver which has it already can tell."
    )

    @cached_property
    def delivery(self) -> WebhookDelivery:
        """The delivery that the address names."""
        rows = WebhookDelivery.objects.select_related("endpoint__partner_site")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def find_endpoint(self) -> WebhookEndpoint:
        """Returns the webhook of the delivery that the address names."""
        endpoint: WebhookEndpoint = self.delivery.endpoint
        return endpoint

    @property
    def back(self) -> str:
        """Where the new attempt is seen."""
        return delivery_url(self.delivery)

    def perform(self, form: forms.Form) -> None:
        """Queues it, and says so."""
        replay_delivery(delivery=self.delivery, user=self.request.user)
        messages.success(self.request, told(1))


def told(number: int) -> str:
    """Says how many events are on their way."""
    return ngettext("%d event is sent again.", "%d events are sent again.", number) % number
