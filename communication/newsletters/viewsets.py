"""Where the office finds lists, subscribers, wordings and suppressed addresses."""

from typing import Any

from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from .enums import SubscriptionState
from .models import ConsentEvent, ConsentText, Dispatch, MailingList, Subscriber, Suppression
from .office.dispatches.actions import ACTIONS
from .office.dispatches.deciding import DecideAllView, DecideView
from .office.dispatches.dispatch_page import (
    DispatchHistoryView,
    DispatchListView,
    DispatchView,
    RecipientFileView,
    RecipientListView,
)
from .office.dispatches.issue_page import IssueListView, SendView
from .office.dispatches.places import NAMESPACE, dispatch_url, lists_of, title_of
from .office.forms import ConsentTextForm, SuppressionForm
from .permissions import (
    user_can_erase_subscribers,
    user_can_export_subscribers,
    user_can_import_subscribers,
    user_can_see_addresses,
)
from .selectors import subscriptions_of
from .subscribers.addresses import known_hmacs

CONFIRMED = Q(subscriptions__state=SubscriptionState.CONFIRMED)


class MailingListListView(IndexView):
    """The lists, with how many people read each."""

    def get_base_queryset(self) -> Any:
        """Counts the readers, and loads the names."""
        return (
            super()
            .get_base_queryset()
            .with_texts()
            .annotate(readers=Count("subscriptions", filter=CONFIRMED))
        )


class MailingListViewSet(ModelViewSet):
    """Lists: made, renamed and closed, but never deleted."""

    model = MailingList
    url_namespace = "communication_newsletters_mailinglist"
    url_prefix = "newsletters/lists"
    icon = "list-ul"
    list_display = [
        "name",
        "slug",
        BooleanColumn("is_open", label=_("Open")),
        Column("readers", label=_("Readers")),
    ]
    index_view_class = MailingListListView
    copy_view_enabled = False


class SubscriberListView(IndexView):
    """Subscribers; whoever may see whole addresses can look for one."""

    @property
    def is_searchable(self) -> bool:
        """Whether this user may ask for an address: else a search would tell who is there."""
        return user_can_see_addresses(self.request.user)

    def search_queryset(self, queryset: Any) -> Any:
        """Finds addresses by any part of them."""
        query = self.search_query if self.is_searching else ""
        return queryset.filter(address__icontains=query.strip()) if query else queryset

    def get_base_queryset(self) -> Any:
        """Counts the lists that each of them reads."""
        return super().get_base_queryset().annotate(read=Count("subscriptions", filter=CONFIRMED))

    @property
    def columns(self) -> list[Column]:
        """Shows addresses as this user may see them."""
        shown = "address" if self.is_searchable else "masked_address"
        return [
            TitleColumn(shown, label=_("Address"), get_url=self.get_inspect_url),
            Column("get_locale_display", label=_("Language"), accessor="get_locale_display"),
            Column("read", label=_("Lists")),
            DateColumn("created_at", label=_("Since")),
        ]

    @property
    def header_buttons(self) -> list[Any]:
        """Offers files to those who may."""
        user = self.request.user
        places = [
            (user_can_import_subscribers, _("Import"), "list", "upload"),
            (user_can_export_subscribers, _("Export (CSV)"), "export", "download"),
        ]
        return [
            HeaderButton(
                label, url=reverse(f"communication_newsletters_files:{name}"), icon_name=icon
            )
            for may, label, name, icon in places
            if may(user)
        ]


class SubscriberInspectView(InspectView):
    """One subscriber, with lists and with what proves that they want them."""

    def get_address_display_value(self) -> str:
        """Returns the address as this user may see it."""
        may = user_can_see_addresses(self.request.user)
        return str(self.object.address if may else self.object.masked_address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds subscriptions and events."""
        events = ConsentEvent.objects.filter(hmac__in=known_hmacs(self.object.address))
        may_erase = user_can_erase_subscribers(self.request.user)
        return super().get_context_data(
            subscriptions=subscriptions_of(self.object),
            events=events.select_related("mailing_list", "text"),
            may_erase=may_erase,
            **kwargs,
        )


class SubscriberViewSet(ModelViewSet):
    """Who reads: to be looked at, and changed by nobody but themselves."""

    model = Subscriber
    url_namespace = "communication_newsletters_subscriber"
    url_prefix = "newsletters/readers"
    icon = "group"
    index_view_class = SubscriberListView
    inspect_view_enabled = True
    inspect_view_class = SubscriberInspectView
    inspect_view_fields = ["address", "locale", "created_at"]
    inspect_template_name = "communication_newsletters/admin/subscriber.html"
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
    list_filter = ["locale", "subscriptions__mailing_list", "subscriptions__state"]


class RecordCreateView(CreateView):
    """Adds what nobody edits afterwards."""

    def get_success_buttons(self) -> list[Any]:
        """Offers nothing: there is no form to go back to."""
        return []


class ConsentTextViewSet(ModelViewSet):
    """Wordings: another one is another version."""

    model = ConsentText
    url_namespace = "communication_newsletters_consenttext"
    url_prefix = "newsletters/consent-texts"
    icon = "doc-full"
    list_display = ["version", "locale", "text", DateColumn("created_at", label=_("Since"))]
    list_filter = ["version", "locale"]
    add_view_class = RecordCreateView
    inspect_view_enabled = True
    inspect_view_fields = ["version", "locale", "text", "hash", "created_at"]
    copy_view_enabled = False

    def get_form_class(self, *args: Any, **kwargs: Any) -> Any:
        """Returns the form for a new wording."""
        return ConsentTextForm


class SuppressionListView(IndexView):
    """Suppressed addresses, of which nobody knows more than when and why."""

    @property
    def columns(self) -> list[Column]:
        """Shows the reason, and the way to lift it."""
        return [
            TitleColumn(
                "reason",
                label=_("Reason"),
                accessor="get_reason_display",
                get_url=self.get_delete_url,
            ),
            Column("hmac", label=_("Code"), accessor=lambda each: each.hmac[:12]),
            DateColumn("created_at", label=_("Since")),
        ]

    @property
    def is_searchable(self) -> bool:
        """Whether this user may ask whether an address is suppressed."""
        return user_can_see_addresses(self.request.user)

    def search_queryset(self, queryset: Any) -> Any:
        """Finds the suppression of a whole address."""
        if not self.is_searching:
            return queryset
        return queryset.filter(hmac__in=known_hmacs(self.search_query.strip().lower()))


class SuppressionDeleteView(DeleteView):
    """Lifts a suppression: only for people who ask for it themselves."""

    page_title = _("Lift")
    confirmation_message = _(
        "Has the owner of this address asked for mail again? Nothing is subscribed by this; they "
        "can then use the form."
    )


class SuppressionViewSet(ModelViewSet):
    """Addresses that get no mail: added by hand, lifted when their owner asks for it."""

    model = Suppression
    url_namespace = "communication_newsletters_suppression"
    url_prefix = "newsletters/suppressions"
    icon = "no-view"
    index_view_class = SuppressionListView
    add_view_class = RecordCreateView
    delete_view_class = SuppressionDeleteView
    list_filter = ["reason"]
    copy_view_enabled = False

    def get_form_class(self, *args: Any, **kwargs: Any) -> Any:
        """Returns the form that takes an address."""
        return SuppressionForm


class DispatchViewSet(ModelViewSet):
    """What was sent and is to be sent; issues are sent from their own page."""

    model = Dispatch
    name = NAMESPACE
    url_prefix = "newsletters/sendings"
    icon = "mail"
    menu_label = _("Sendings")
    index_view_class = DispatchListView
    inspect_view_class = DispatchView
    history_view_class = DispatchHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = [
        TitleColumn("title", label=_("Issue"), accessor=title_of, get_url=dispatch_url),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("lists", label=_("Lists"), accessor=lists_of),
        DateColumn("scheduled_for", label=_("Time"), sort_key="scheduled_for"),
        DateColumn("finished_at", label=_("Finished"), sort_key="finished_at"),
        Column("created_by", label=_("Who")),
    ]
    list_filter = ["state", "kind", "mailing_lists"]
    search_fields = ["page__title"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Adds where issues are sent from, what is done to a dispatch, and its recipients."""
        actions: list[Any] = [*ACTIONS, DecideView, DecideAllView]
        return [
            *super().get_urlpatterns(),
            path("issues/", IssueListView.as_view(), name="issues"),
            path("issues/<int:pk>/", SendView.as_view(), name="send"),
            *(path(f"<int:pk>/{each.name}/", each.as_view(), name=each.name) for each in actions),
            path("<int:pk>/recipients/", RecipientListView.as_view(), name="recipients"),
            path("<int:pk>/recipients.csv", RecipientFileView.as_view(), name="recipients_file"),
        ]


class NewslettersViewSetGroup(ModelViewSetGroup):
    """One menu for all of it."""

    menu_label = _("Newsletters")
    menu_icon = "mail"
    menu_name = "newsletters"
    menu_order = 160
    items = (
        DispatchViewSet,
        MailingListViewSet,
        SubscriberViewSet,
        SuppressionViewSet,
        ConsentTextViewSet,
    )
