"""The form that takes an address, and the page that asks to look into the mailbox."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from v2v_snippets.language.reading import readers_language

from ..enums import ConsentSource
from ..selectors import open_lists
from ..services.signing_up import Request, TooManySignUpsError, agreed_text, sign_up
from ..subscribers.forms import SubscribeForm
from ..subscribers.guards import fell_into_trap, from_this_site
from ..subscribers.networks import network_of
from ..subscribers.stamps import StaleStampError, read_stamp
from ..subscribers.subscribe_form import FreshForm, fresh_form
from .pages import show

A_DAY = 24 * 60 * 60


@from_this_site
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Shows the form, and takes it.

    Whoever sends one with a valid address gets the same answer, whatever is known of the address.
    """
    if request.method == "POST":
        return _take(request)
    return _show(request, fresh_form(request))


@require_safe
def show_sent(request: HttpRequest) -> HttpResponse:
    """Asks to look into the mailbox."""
    return show(request, "sent", title=_("Look into your mailbox"))


def _take(request: HttpRequest) -> HttpResponse:
    language = readers_language()
    form = SubscribeForm(request.POST, lists=open_lists(), language=language)
    done = HttpResponseRedirect(reverse("communication_newsletters:sent"), status=303)
    if fell_into_trap(request.POST):
        return done
    if not form.offered or not form.is_valid():
        return _show(request, fresh_form(request, form), HTTPStatus.UNPROCESSABLE_ENTITY)
    now = timezone.now()
    try:
        wanted = Request(
            address=form.cleaned_data["email"],
            locale=form.chosen_language,
            lists=form.chosen_lists,
            text=agreed_text(wording=read_stamp(request.POST.get("stamp", ""))),
            source=ConsentSource.FORM,
        )
        sign_up(request=wanted, network=network_of(request, now.date()), now=now)
    except StaleStampError:
        notice = _("This page had been open for long. Please press the button once more.")
        return _show(request, fresh_form(request, form, notice), HTTPStatus.CONFLICT)
    except TooManySignUpsError:
        notice = _("Many forms came from your network today. Please try again tomorrow.")
        response = _show(request, fresh_form(request, form, notice), HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(A_DAY)
        return response
    return done


def _show(request: HttpRequest, fresh: FreshForm, status: int = HTTPStatus.OK) -> HttpResponse:
    title = _("Subscribe to our newsletters")
    about = fresh.summary or title
    return show(request, "subscribe", title=title, description=about, status=status, fresh=fresh)
