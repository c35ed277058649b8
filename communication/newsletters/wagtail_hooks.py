"""What the admin learns from this app."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from .models import ConsentText, Dispatch, MailingList, Subscriber, Suppression
from .office.dispatches.issues import is_issue, user_can_reach
from .office.dispatches.places import place
from .office.files import EraseView, ExportView, ImportListView, ImportView
from .office.journal import register_actions
from .office.mails import MailListView, MailView
from .office.picking import PickView
from .permissions import (
    DispatchPermissionPolicy,
    LimitedPermissionPolicy,
    grantable_permissions,
    user_can_see_addresses,
)
from .transports import load_transport
from .transports.files import FileTransport
from .viewsets import NewslettersViewSetGroup

ALLOWED: dict[type[Model], tuple[str, ...]] = {
    MailingList: ("add", "change", "view"),
    Subscriber: ("view",),
    ConsentText: ("add", "view"),
    Suppression: ("add", "delete", "view"),
}
for model, actions in ALLOWED.items():
    register_permission_policy(model, LimitedPermissionPolicy(model, actions))
register_permission_policy(Dispatch, DispatchPermissionPolicy(Dispatch, ("view",)))


@hooks.register("register_admin_viewset")
def register_viewsets() -> NewslettersViewSetGroup:
    """Puts the menu into the sidebar."""
    return NewslettersViewSetGroup()


@hooks.register("register_admin_urls")
def register_files() -> list[URLPattern | URLResolver]:
    """Adds import, export, and the mails that were kept instead of sent."""
    patterns = [
        path("imports/", ImportListView.as_view(), name="list"),
        path("imports/<int:pk>/", ImportView.as_view(), name="show"),
        path("subscribers.csv", ExportView.as_view(), name="export"),
        path("subscribers/<int:pk>/erase/", EraseView.as_view(), name="erase"),
        path("mails/", MailListView.as_view(), name="mails"),
        path("mails/<slug:name>/", MailView.as_view(), name="mail"),
        path("issues/<int:pk>/items/", PickView.as_view(), name="pick"),
    ]
    return [path("newsletters/", include((patterns, "communication_newsletters_files")))]


class MailsMenuItem(MenuItem):
    """The way to the mails, where they are kept as files, for those who may see addresses."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether there is such a place, and whether this user may go there."""
        return user_can_see_addresses(request.user) and isinstance(load_transport(), FileTransport)


@hooks.register("register_reports_menu_item")
def register_mails_menu_item() -> MenuItem:
    """Names the mails in the menu."""
    url = reverse("communication_newsletters_files:mails")
    return MailsMenuItem(_("Mails in files"), url, name="mails", icon_name="mail", order=1400)


@hooks.register("register_permissions")
def register_permissions() -> Any:
    """Lets administrators give groups the rights on subscribers."""
    return grantable_permissions()


@hooks.register("register_page_header_buttons")
def lead_to_sending(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lets the menu of an issue lead to where it is sent from."""
    if page.pk and is_issue(page) and user_can_reach(user, page):
        yield Button(_("Test and send"), place("send", page.pk), icon_name="mail", priority=25)


@hooks.register("register_log_actions")
def name_what_was_done(actions: LogActionRegistry) -> None:
    """Lets histories say what was sent, taken away and erased."""
    register_actions(actions)
