"""Where partner sites, their keys and their webhooks are looked after."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusFlagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .models import ApiKey, PartnerSite, WebhookDelivery, WebhookEndpoint
from .partner_sites.views import (
    NAMESPACE,
    CreateKeyView,
    PartnerSiteView,
    RevokeKeyView,
    RotateKeyView,
    site_url,
)
from .webhooks import actions as webhooks
from .webhooks.views import (
    DeliveryFilterSet,
    DeliveryListView,
    DeliveryView,
    EndpointCreateView,
    EndpointListView,
    EndpointView,
)


class DayColumn(Column):
    """A day as it is. Wagtail's own column says how many hours ago it was."""

    def get_value(self, instance: Any) -> str:
        """Writes the day in the format of the editor's language."""
        day = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def state_of(key: ApiKey) -> str:
    """Returns in a word whether a key opens anything."""
    return str(key.state_at(timezone.now()).label)


def url_of(key: ApiKey) -> str:
    """Returns where something can be done to a key."""
    return site_url(key.partner_site)


class PartnerSiteListView(IndexView):
    """Partner sites, each with the way to its keys."""

    def get_base_queryset(self) -> Any:
        """Loads what the list shows: one query."""
        return super().get_base_queryset().select_related("partner").with_last_use()


class ApiKeyListView(IndexView):
    """Keys, each with the way to its site."""

    def get_base_queryset(self) -> Any:
        """Loads the sites, which the list shows."""
        return super().get_base_queryset().select_related("partner_site")


class WithoutForms(ModelViewSet):
    """Lists, and leads to no form: what it lists is not written in the admin."""

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leads to no form."""
        forms = ("add_url_name", "edit_url_name", "delete_url_name", "copy_url_name")
        return super().get_index_view_kwargs(**kwargs) | dict.fromkeys(forms)

    def get_urlpatterns(self) -> list[Any]:
        """Has no page but the list."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def register_admin_url_finder(self) -> None:
        """Leaves rows without an address to edit them at."""


class PartnerSiteViewSet(ModelViewSet):
    """The websites that show what this one publishes."""

    model = PartnerSite
    name = NAMESPACE
    url_prefix = "partner-sites"
    icon = "link-external"
    menu_label = _("Sites")
    index_view_class = PartnerSiteListView
    inspect_view_class = PartnerSiteView
    inspect_view_enabled = True
    inspect_view_fields = [
        "partner",
        "contact_name",
        "contact_email",
        "allowed_origins",
        "locales",
        "types",
        "requests_per_minute",
        "is_active",
    ]
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", label=_("Name"), get_url=site_url),
        Column("partner", label=_("Partner")),
        StatusFlagColumn(
            "is_active", label=_("State"), true_label=_("active"), false_label=_("off")
        ),
        DayColumn("last_used_on", label=_("Last used"), sort_key="last_used_on"),
    ]
    list_filter = ["is_active", "partner"]
    search_fields = ["name", "contact_name", "contact_email"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Adds what is done to keys."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/keys/new/", CreateKeyView.as_view(), name="create_key"),
            path("keys/<int:pk>/replace/", RotateKeyView.as_view(), name="rotate_key"),
            path("keys/<int:pk>/revoke/", RevokeKeyView.as_view(), name="revoke_key"),
        ]


class ApiKeyViewSet(WithoutForms):
    """All keys in one list. They are made, replaced and revoked on the page of their site."""

    model = ApiKey
    name = "communication_api_keys"
    url_prefix = "api-keys"
    icon = "key"
    menu_label = _("API keys")
    index_view_class = ApiKeyListView
    add_to_reference_index = False
    list_display = [
        TitleColumn("key", label=_("Key"), accessor=str, get_url=url_of),
        Column("partner_site", label=_("Partner site")),
        Column("label", label=_("Label")),
        Column("state", label=_("State"), accessor=state_of),
        DayColumn("valid_until", label=_("Valid until"), sort_key="expires_at"),
        DayColumn("last_used_on", label=_("Last used"), sort_key="last_used_on"),
    ]
    list_filter = ["partner_site"]
    search_fields = ["public_id", "label", "partner_site__name"]
    search_backend_name = None

    def get_permissions_to_register(self) -> "QuerySet[Permission]":
        """Offers what there is to be allowed: to see, to make (add) and to end (change) keys."""
        return Permission.objects.filter(
            content_type__app_label="communication_syndication",
            codename__in=("view_apikey", "add_apikey", "change_apikey"),
        )


class WebhookEndpointViewSet(ModelViewSet):
    """Where webhooks go."""

    model = WebhookEndpoint
    name = webhooks.NAMESPACE
    url_prefix = "webhooks"
    icon = "mail"
    menu_label = _("Webhooks")
    index_view_class = EndpointListView
    add_view_class = EndpointCreateView
    inspect_view_class = EndpointView
    inspect_view_enabled = True
    inspect_view_fields = [
        "partner_site",
        "url",
        "event_types",
        "locales",
        "types",
        "last_success_at",
        "failing_since",
    ]
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("label", label=_("Label"), get_url=webhooks.endpoint_url),
        Column("partner_site", label=_("Partner site"), sort_key="partner_site__name"),
        StatusFlagColumn("is_enabled", label=_("State"), true_label=_("on"), false_label=_("off")),
        Column("waiting", label=_("Waiting"), sort_key="waiting"),
        DateColumn("last_success_at", label=_("Last success"), sort_key="last_success_at"),
        DateColumn("failing_since", label=_("Failing since"), sort_key="failing_since"),
    ]
    list_filter = ["state", "partner_site"]
    search_fields = ["label", "url", "partner_site__name"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Adds what is done to a webhook."""
        actions = {
            "test": webhooks.SendTestView,
            "secret": webhooks.RotateSecretView,
            "enable": webhooks.EnableView,
            "disable": webhooks.DisableView,
            "replay": webhooks.ReplayView,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name}/", view.as_view(), name=name)
                for name, view in actions.items()
            ),
        ]


class WebhookDeliveryViewSet(WithoutForms):
    """Everything that was sent or is to be sent, in one list."""

    model = WebhookDelivery
    name = webhooks.DELIVERIES
    url_prefix = "webhook-deliveries"
    icon = "list-ul"
    menu_label = _("Deliveries")
    index_view_class = DeliveryListView
    inspect_view_class = DeliveryView
    inspect_view_enabled = True
    inspect_view_fields = [
        "event",
        "item_id",
        "item_locale",
        "sequence",
        "occurred_at",
        "attempts",
        "next_attempt_at",
        "finished_at",
    ]
    add_to_reference_index = False
    list_display = [
        TitleColumn("message_id", label=_("Message"), get_url=webhooks.delivery_url, width="30%"),
        Column("endpoint", label=_("Webhook")),
        Column("event", label=_("Event"), accessor="get_event_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("attempts", label=_("Attempts")),
        Column("status", label=_("Answer")),
        DateColumn("occurred_at", label=_("Happened"), sort_key="occurred_at"),
    ]
    filterset_class = DeliveryFilterSet
    search_fields = ["item_locale", "endpoint__label", "last_error"]
    search_backend_name = None

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leads to no form, either."""
        forms = ("edit_url_name", "delete_url_name")
        return super().get_inspect_view_kwargs(**kwargs) | dict.fromkeys(forms)

    def get_urlpatterns(self) -> list[Any]:
        """Has the list, the page of each, and the way to send it again."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/replay/", webhooks.ReplayDeliveryView.as_view(), name="replay"),
        ]


class PartnerSiteViewSetGroup(ModelViewSetGroup):
    """One menu for what other sites take over."""

    menu_label = _("Partner sites")
    menu_icon = "link-external"
    menu_name = "partner-sites"
    menu_order = 160
    items = (PartnerSiteViewSet, ApiKeyViewSet, WebhookEndpointViewSet, WebhookDeliveryViewSet)
