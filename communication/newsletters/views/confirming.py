"""The page behind the link of a confirmation. Opening it changes nothing: only its button does."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..enums import SubscriptionState
from ..models import Subscription
from ..selectors import asked_for, sign_up_of
from ..services.confirming import confirm
from ..subscribers.guards import from_this_site
from ..subscribers.links import preferences_token
from .pages import show_private


@from_this_site
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what is to be confirmed, and confirms it."""
    sign_up = sign_up_of(token)
    if sign_up is None:
        return show_invalid_link(request)
    if request.method == "POST":
        found = confirm(sign_up=sign_up, now=timezone.now())
        return _show_confirmed(request, found) if found else show_invalid_link(request)
    asked = asked_for(sign_up)
    if waiting := [each for each in asked if each.state == SubscriptionState.PENDING]:
        lists = [each.mailing_list for each in waiting]
        title = _("Confirm your subscription")
        text = sign_up.consent_text
        return show_private(request, "confirm", title=title, lists=lists, text=text)
    confirmed = [each for each in asked if each.state == SubscriptionState.CONFIRMED]
    return _show_confirmed(request, confirmed) if confirmed else show_invalid_link(request)


def show_invalid_link(request: HttpRequest) -> HttpResponse:
    """Says that a link leads nowhere any more, and how to get another."""
    title = _("This link is not valid any more")
    return show_private(request, "invalid_link", title=title, status=HTTPStatus.NOT_FOUND)


def _show_confirmed(request: HttpRequest, confirmed: list[Subscription]) -> HttpResponse:
    return show_private(
        request,
        "confirmed",
        title=_("You are subscribed"),
        lists=[each.mailing_list for each in confirmed],
        token=preferences_token(confirmed[0].subscriber.uuid),
    )
