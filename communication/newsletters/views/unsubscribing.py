"""One click ends a subscription: that of a mail program (RFC 8058), or of a person on a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from v2v_snippets.language.locales import content_language

from ..enums import ConsentSource, SubscriptionState
from ..models import Subscription
from ..selectors import subscription_of
from ..services.unsubscribing import unsubscribe
from ..subscribers.links import preferences_token
from .confirming import show_invalid_link
from .pages import show_private


@csrf_exempt  # mail programs send this from wherever they are; the token alone counts
@require_http_methods(["GET", "HEAD", "POST"])
def end_subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a button to people, and ends the subscription on POST.

    A POST is answered at once and never redirected (RFC 8058, 3.1), also when there is nothing to
    end any more: whoever was erased has left all lists.
    """
    subscription = subscription_of(token)
    if request.method == "POST":
        return _end(request, subscription)
    if subscription is None:
        return show_invalid_link(request)
    with override(content_language(subscription.subscriber.locale)):
        if subscription.state == SubscriptionState.UNSUBSCRIBED:
            return _show_ended(request, subscription)
        context = _about(subscription)
        return show_private(request, "unsubscribe", title=_("Unsubscribe"), **context)


def _end(request: HttpRequest, subscription: Subscription | None) -> HttpResponse:
    if subscription is None:
        return show_private(request, "unsubscribed", title=_("You are unsubscribed"))
    is_program = request.POST.get("List-Unsubscribe") == "One-Click"
    source = ConsentSource.ONE_CLICK if is_program else ConsentSource.LINK
    unsubscribe(subscriptions=[subscription], source=source, now=timezone.now())
    with override(content_language(subscription.subscriber.locale)):
        return _show_ended(request, subscription)


def _show_ended(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    title = _("You are unsubscribed")
    context = _about(subscription)
    return show_private(request, "unsubscribed", title=title, **context)


def _about(subscription: Subscription) -> dict[str, Any]:
    return {
        "mailing_list": subscription.mailing_list,
        "masked_address": subscription.subscriber.masked_address,
        "token": preferences_token(subscription.subscriber.uuid),
    }
