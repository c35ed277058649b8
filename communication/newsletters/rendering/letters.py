"""The letters about somebody's own request. Nothing that a visitor typed stands in them.

So a form cannot be used to send words to strangers: a letter holds lists, links and sentences of
the site, and not even the address it goes to.
"""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.publication.site_name import site_name

from ..models import MailingList, SignUp, Subscriber
from ..subscribers.links import confirmation_token, preferences_token
from .footers import mail_footer
from .messages import Letter


def confirmation_letter(
    sign_up: SignUp, lists: list[MailingList], *, site_url: str, now: datetime
) -> Letter:
    """Returns the letter that asks whether somebody wants what was asked for in their name."""
    with override(sign_up.locale):
        token = confirmation_token(sign_up.uuid)
        path = reverse("communication_newsletters:confirm", args=[token])
        subject = _("Please confirm your subscription") + _from_site()
        context = {"lists": lists, "url": f"{site_url}{path}"}
        return _letter("confirm", sign_up, sign_up.locale, context | {"subject": subject}, now)


def preferences_letter(
    sign_up: SignUp, subscriber: Subscriber, *, site_url: str, now: datetime
) -> Letter:
    """Returns the letter with the link to somebody's lists, language and data."""
    with override(subscriber.locale):
        token = preferences_token(subscriber.uuid)
        path = reverse("communication_newsletters:preferences", args=[token])
        subject = _("Your subscriptions") + _from_site()
        context = {"url": f"{site_url}{path}", "subject": subject}
        return _letter("preferences", sign_up, subscriber.locale, context, now)


def _letter(
    name: str, sign_up: SignUp, language: str, context: dict[str, Any], now: datetime
) -> Letter:
    whole = {
        **context,
        "language": language,
        "site_name": site_name(),
        "footer": mail_footer(language),
    }
    folder = "communication_newsletters/mails"
    return Letter(
        key=f"{name} {sign_up.uuid}",
        subject=context["subject"],
        text=render_to_string(f"{folder}/{name}.txt", whole),
        html=render_to_string(f"{folder}/{name}.html", whole),
        language=language,
        written_at=now,
    )


def _from_site() -> str:
    name = " ".join(site_name().split())
    return f" – {name}" if name else ""
