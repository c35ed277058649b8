"""What subscribers see and change of themselves, by the signed link in a letter."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from v2v_snippets.language.reading import readers_language

from ..enums import ConsentSource, SubscriptionState
from ..models import MailingList, Subscriber
from ..selectors import consent_text, open_lists, reader_of, subscriptions_of
from ..services.erasing import erase
from ..services.exporting import export_of
from ..services.preferences import save_preferences
from ..services.signing_up import agreed_text, ask_for_link
from ..subscribers.forms import PreferencesForm
from ..subscribers.guards import from_this_site
from ..subscribers.stamps import StaleStampError, make_stamp, read_stamp
from .confirming import show_invalid_link
from .pages import show_private


@from_this_site
@require_http_methods(["GET", "HEAD", "POST"])
def show_preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Shows lists and language, and changes them."""
    found = reader_of(token)
    if found is None:
        return show_invalid_link(request)
    subscriber, link = found
    is_saved = request.method == "POST" and _save(request, subscriber)
    subscriber.refresh_from_db()
    text = consent_text(readers_language())
    return show_private(
        request,
        "preferences",
        title=_("Your subscriptions"),
        form=_form(subscriber),
        masked_address=subscriber.masked_address,
        token=token,
        is_fresh=link.is_fresh,
        is_saved=is_saved,
        is_refused=request.method == "POST" and not is_saved,
        text=text,
        stamp=make_stamp(text.version, text.locale, text.hash),
    )


@require_safe
def download_data(request: HttpRequest, token: str) -> HttpResponse:
    """Gives out everything that is known about a subscriber, as a file."""
    found = reader_of(token)
    if found is None or not found[1].is_fresh:
        return show_invalid_link(request)
    content = json.dumps(export_of(subscriber=found[0]), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="newsletters.json"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@from_this_site
@require_http_methods(["GET", "HEAD", "POST"])
def erase_data(request: HttpRequest, token: str) -> HttpResponse:
    """Asks whether everything shall be erased, and does it."""
    found = reader_of(token)
    if found is None or not found[1].is_fresh:
        return show_invalid_link(request)
    if request.method == "POST":
        erase(address=found[0].address, source=ConsentSource.LINK)
        return show_private(request, "erased", title=_("Your data is erased"))
    title = _("Erase all my data")
    masked = found[0].masked_address
    return show_private(request, "erase", title=title, masked_address=masked, token=token)


@from_this_site
@require_POST
def send_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sends a fresh link to the subscriber's own address, for what an old one may not do."""
    found = reader_of(token)
    if found is None:
        return show_invalid_link(request)
    ask_for_link(subscriber=found[0], now=timezone.now())
    return redirect("communication_newsletters:sent")


def _save(request: HttpRequest, subscriber: Subscriber) -> bool:
    form = _form(subscriber, request.POST)
    try:
        text = agreed_text(wording=read_stamp(request.POST.get("stamp", "")))
    except StaleStampError:
        return False
    if not form.is_valid():
        return False
    save_preferences(
        subscriber=subscriber,
        locale=form.chosen_language,
        lists=form.chosen_lists,
        text=text,
        now=timezone.now(),
    )
    return True


def _form(subscriber: Subscriber, data: Any = None) -> PreferencesForm:
    read = [
        each.mailing_list
        for each in subscriptions_of(subscriber)
        if each.state == SubscriptionState.CONFIRMED
    ]
    initial = {"lists": [each.slug for each in read], "language": subscriber.locale}
    offered = _offered(read)
    return PreferencesForm(data, initial=initial, lists=offered, language=subscriber.locale)


def _offered(read: list[MailingList]) -> list[MailingList]:
    """Returns what can be subscribed to, and closed lists that somebody still reads."""
    lists = open_lists()
    known = {each.pk for each in lists}
    return [*lists, *(each for each in read if each.pk not in known)]
