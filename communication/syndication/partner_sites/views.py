"""A partner site in the admin: its keys, their usage, and the three things done to keys.

The text of a new key stands in the answer to the form that made it and nowhere else. There is no
address at which it could be seen again, so that page is not one that a browser is led to.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import InspectView

from v2v_snippets.language.locales import own_name

from ..action_views import ActionView
from ..forms import KeyForm, RotationForm
from ..listing_types import listing_type_choices
from ..models import ApiKey, PartnerSite
from ..permissions import user_can_issue_keys, user_can_revoke_keys, user_can_view_keys
from ..services.api_keys import (
    KeyIsNotActiveError,
    NewKey,
    TooManyKeysError,
    create_api_key,
    revoke_api_key,
    rotate_api_key,
)
from .chart import draw_usage
from .periods import DAYS, read_usage

NAMESPACE = "communication_partner_sites"


def site_url(site: PartnerSite) -> str:
    """Returns where the keys of a site are seen."""
    return reverse(f"{NAMESPACE}:inspect", args=[site.pk])


class PartnerSiteView(InspectView):
    """A site, its keys, and a chart of how much they are used."""

    template_name = "communication_syndication/partner_site.html"
    page_title = gettext_lazy("Keys and usage")

    def get_allowed_origins_display_value(self) -> str:
        """Shows origins beside each other."""
        return ", ".join(self.object.allowed_origins) or _("none: the keys are for servers alone")

    def get_locales_display_value(self) -> str:
        """Shows the languages by their own names."""
        return ", ".join(map(own_name, self.object.locales)) or _("all languages")

    def get_types_display_value(self) -> str:
        """Shows the types as the form calls them."""
        names = dict(listing_type_choices())
        return ", ".join(names.get(name, name) for name in self.object.types) or _("all types")

    def get_requests_per_minute_display_value(self) -> str:
        """Shows the rate of the site's own, if it has one."""
        return str(self.object.requests_per_minute or _("as many as the site grants to all"))

    def get_is_active_display_value(self) -> str:
        """Shows whether the keys open anything."""
        return _("yes") if self.object.is_active else _("no: none of its keys opens anything")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds keys and usage, for those who may see them."""
        user, now = self.request.user, timezone.now()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not user_can_view_keys(user):
            return context
        usage = read_usage(self.object, timezone.localdate())
        keys = list(_with_requests(self.object.keys.select_related("created_by")))
        return context | {
            "keys": [{"key": key, "state": key.state_at(now)} for key in keys],
            "charts": [
                {"key": "days", "chart": draw_usage(usage.days)},
                {"key": "months", "chart": draw_usage(usage.months)},
            ],
            "can_issue": user_can_issue_keys(user),
            "can_revoke": user_can_revoke_keys(user),
        }


class KeyView(ActionView):
    """What the pages about one key share. Its site is what they lead back to."""

    namespace = NAMESPACE
    header_icon = "key"
    refusals = (TooManyKeysError, KeyIsNotActiveError)

    def show(self, new: NewKey) -> HttpResponse:
        """Shows a new key this once."""
        return self.show_once("communication_syndication/new_key.html", new=new)


class CreateKeyView(KeyView):
    """Makes a key for a site."""

    page_title = gettext_lazy("New key")
    is_allowed = user_can_issue_keys
    form_class = KeyForm
    button = gettext_lazy("Create key")

    @cached_property
    def subject(self) -> PartnerSite:
        """The site that the address names."""
        return get_object_or_404(PartnerSite, pk=self.kwargs["pk"])

    def perform(self, form: Any) -> HttpResponse:
        """Makes it, of what it is to be good for."""
        scopes, user = form.cleaned_data["scopes"], self.request.user
        return self.show(
            create_api_key(partner_site=self.subject, scopes=scopes, user=user, **form.life)
        )


class ExistingKeyView(KeyView):
    """Does something to a key that there is."""

    @cached_property
    def key(self) -> ApiKey:
        """The key that the address names."""
        return get_object_or_404(
            ApiKey.objects.select_related("partner_site"), pk=self.kwargs["pk"]
        )

    @property
    def subject(self) -> PartnerSite:
        """The site of the key."""
        site: PartnerSite = self.key.partner_site
        return site


class RotateKeyView(ExistingKeyView):
    """Replaces a key, with some days in which both work."""

    page_title = gettext_lazy("Replace key")
    is_allowed = user_can_issue_keys
    button = gettext_lazy("Create the new key")

    def get_form(self) -> forms.Form:
        """Asks how long both work."""
        initial = {"label": self.key.label}
        return RotationForm(self.sent, initial=initial)

    def perform(self, form: Any) -> HttpResponse:
        """Makes the new one, and lets the old one end."""
        grace = timedelta(days=form.cleaned_data["grace_days"])
        user = self.request.user
        return self.show(rotate_api_key(key=self.key, grace=grace, user=user, **form.life))


class RevokeKeyView(ExistingKeyView):
    """Ends a key."""

    page_title = gettext_lazy("Revoke key")
    is_allowed = user_can_revoke_keys
    button = gettext_lazy("Revoke this key")
    warning = gettext_lazy("It opens nothing from this moment on. That cannot be undone.")
    is_serious = True

    def perform(self, form: forms.Form) -> None:
        """Ends it, and says so."""
        revoke_api_key(key=self.key, user=self.request.user)
        messages.success(self.request, _("The key %s is revoked.") % self.key)


def _with_requests(keys: "QuerySet[Any]") -> "QuerySet[Any]":
    """Adds ``recent``: how many requests there were in the last thirty days."""
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    return keys.annotate(recent=Sum("usage__requests", filter=Q(usage__day__gte=since), default=0))
