"""What is done to a webhook: tried, switched off and on, given a secret, sent again.

The text of a secret stands in the answer to the form that made it and nowhere else.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from ..action_views import ActionView
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


class EndpointActionView(ActionView):
    """What the pages about one webhook share."""

    namespace = NAMESPACE
    header_icon = "mail"
    is_allowed = user_can_run_webhooks
    refusals = (EndpointStateError, ReplayError)

    @cached_property
    def subject(self) -> WebhookEndpoint:
        """The webhook that the address names."""
        rows = WebhookEndpoint.objects.select_related("partner_site")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class RotateSecretView(EndpointActionView):
    """Gives a webhook another secret, with some days in which both sign."""

    page_title = gettext_lazy("New secret")
    form_class = SecretRotationForm
    button = gettext_lazy("Create the new secret")

    def perform(self, form: Any) -> HttpResponse:
        """Makes it, and shows it this once."""
        grace = timedelta(days=form.cleaned_data["grace_days"])
        secret = rotate_secret(endpoint=self.subject, grace=grace, user=self.request.user)
        return self.show_once(SHOWN_ONCE, secret=secret)


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
        disable_webhook(endpoint=self.subject, user=self.request.user)
        messages.success(self.request, _("The webhook is switched off."))


class EnableView(EndpointActionView):
    """Switches a webhook on again."""

    page_title = gettext_lazy("Switch on")
    form_class = EnablingForm
    button = gettext_lazy("Switch it on")

    def perform(self, form: Any) -> None:
        """Switches it on, and says what follows."""
        catch_up = form.cleaned_data["catch_up"]
        number = enable_webhook(endpoint=self.subject, catch_up=catch_up, user=self.request.user)
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
        test = send_test(endpoint=self.subject, user=self.request.user)
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
        number = replay(endpoint=self.subject, user=self.request.user, **form.cleaned_data)
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

    @property
    def subject(self) -> WebhookEndpoint:
        """The webhook of the delivery that the address names."""
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
