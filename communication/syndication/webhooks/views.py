"""A webhook in the admin, with its latest deliveries; and a delivery, with each attempt."""

import json
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import CreateView, IndexView, InspectView

from communication.delivery.enums import FINISHED_STATES
from communication.delivery.selectors import state_counts
from v2v_snippets.language.locales import own_name

from ..enums import WebhookEvent
from ..listing_types import listing_type_choices
from ..models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from ..permissions import user_can_run_webhooks, user_can_view_deliveries
from ..services.webhook_endpoints import start_webhook
from ..webhook_messages import site_roots, write_body
from .actions import SHOWN_ONCE, endpoint_url

LATEST = 20


class EndpointListView(IndexView):
    """Webhooks, each with what waits for it."""

    def get_base_queryset(self) -> Any:
        """Loads what the list shows: one query."""
        return super().get_base_queryset().select_related("partner_site").with_waiting()


class EndpointCreateView(CreateView):
    """Makes a webhook, and shows its secret this once."""

    secret = ""

    def save_instance(self) -> Any:
        """Saves it, and lets it be told of what changes from now on."""
        endpoint = super().save_instance()
        self.secret = start_webhook(endpoint=endpoint, user=self.request.user)
        return endpoint

    def save_action(self) -> HttpResponse:
        """Answers with the page on which the secret stands."""
        self.template_name = SHOWN_ONCE
        context = self.get_context_data(
            form=self.form, secret=self.secret, back=endpoint_url(self.object)
        )
        return self.render_to_response(context)


class FactsView(InspectView):
    """Shows moments in the editor's time, and a dash where there is nothing."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Returns what stands beside the name of a field."""
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        return (
            "–"
            if value is None or value == ""
            else super().get_field_display_value(field_name, field)
        )


class EndpointView(FactsView):
    """A webhook: whether it works, what it tells of, and what was sent lately."""

    template_name = "communication_syndication/webhook.html"
    page_title = gettext_lazy("Webhook")

    def get_event_types_display_value(self) -> str:
        """Shows the events in words."""
        names = [str(WebhookEvent(name).label) for name in self.object.event_types]
        return ", ".join(names) or _("all events")

    def get_locales_display_value(self) -> str:
        """Shows the languages by their own names."""
        return ", ".join(map(own_name, self.object.locales)) or _("all languages")

    def get_types_display_value(self) -> str:
        """Shows the types as the form calls them."""
        names = dict(listing_type_choices())
        return ", ".join(names.get(name, name) for name in self.object.types) or _("all types")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds counts and the latest deliveries, for those who may see them."""
        user, endpoint = self.request.user, self.object
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secrets = WebhookSecret.objects.signing(timezone.now()).filter(endpoint=endpoint)
        context |= {"secrets": secrets, "can_run": user_can_run_webhooks(user)}
        if user_can_view_deliveries(user):
            deliveries = WebhookDelivery.objects.filter(endpoint=endpoint)
            names = dict(WebhookDelivery._meta.get_field("state").flatchoices)
            context |= {
                "deliveries": deliveries[:LATEST],
                "counts": [
                    (names[state], number) for state, number in state_counts(deliveries).items()
                ],
            }
        return context


class DeliveryFilterSet(WagtailFilterSet):
    """Narrows the list of deliveries; the webhooks to choose among are read in one query."""

    endpoint = ModelChoiceFilter(
        queryset=WebhookEndpoint.objects.select_related("partner_site"),
        label=gettext_lazy("Webhook"),
    )

    class Meta:
        model = WebhookDelivery
        fields = ["state", "event", "endpoint"]


class DeliveryListView(IndexView):
    """What was sent, and is to be sent, to all webhooks; the latest first."""

    def get_base_queryset(self) -> "QuerySet[Any]":
        """Loads the webhooks, which the list shows."""
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.select_related("endpoint__partner_site")


class DeliveryView(FactsView):
    """One delivery: its body as the receiver gets it, and each attempt."""

    template_name = "communication_syndication/webhook_delivery.html"
    page_title = gettext_lazy("Delivery")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds body and attempts."""
        delivery = self.object
        is_ended = delivery.state in FINISHED_STATES and delivery.sequence is not None
        body = json.loads(write_body(delivery, site_roots()))
        return super().get_context_data(
            **kwargs,
            endpoint_url=endpoint_url(delivery.endpoint),
            body=json.dumps(body, ensure_ascii=False, indent=2),
            tries=[{**each, "at": parse_datetime(each["at"])} for each in delivery.tries],
            can_replay=is_ended and user_can_run_webhooks(self.request.user),
        )
