"""Copied into a host site: a reader subscribes and leaves in a site that has no pages of ours."""

import re
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communication.newsletters.jobs import SignUpAnswering
from communication.newsletters.models import MailingList, MailingListText, Subscription
from communication.newsletters.transports.files import FileTransport


def report() -> dict[str, Any]:
    """Returns what a reader and an administrator get."""
    news = MailingList.objects.create(slug="news")
    MailingListText.objects.create(mailing_list=news, language="en", name="News of the house")
    client = Client(REMOTE_ADDR="203.0.113.7")
    page = client.get("/subscriptions/").content.decode()
    stamp = re.search(r'name="stamp"\s+value="([^"]+)"', page)
    form = {"email": "ana@school.example", "stamp": stamp[1] if stamp else ""}
    sent = client.post("/subscriptions/", form)
    SignUpAnswering().run_due(timezone.now())
    [mail] = FileTransport().stored()
    letter: Any = mail.message.get_body(("plain",))
    link = re.search(r"http://[^/\s]+(/\S+)", letter.get_content())
    confirmed = client.post(link[1] if link else "/")
    subscription = Subscription.objects.get()
    one_click = client.post(f"/subscriptions/unsubscribe/{subscription.token}/")
    return {
        "page": page,
        "sent": sent.status_code,
        "subject": mail.subject,
        "confirmed": confirmed.content.decode(),
        "one_click": one_click.status_code,
        "state": Subscription.objects.get().state,
        "admin": admin_home(),
        "apps": sorted(config.label for config in apps.get_app_configs()),
    }


def admin_home() -> str:
    """Returns the first page of the admin, with its menu."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@example.org", "pw"))
    client.get(reverse("communication_newsletters_subscriber:index"))
    return str(client.get(reverse("wagtailadmin_home")).content.decode())
