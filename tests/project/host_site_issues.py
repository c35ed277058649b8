"""Copied into a host site: an issue is composed of its own pages, sent, and read in the archive."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Site

from communication.newsletters.models import (
    Dispatch,
    MailingList,
    MailingListText,
    NewsletterIndexPage,
    NewsletterPage,
    Subscription,
)
from communication.newsletters.transports.files import FileTransport

LINK = re.compile(r"http://[^/\s]+(/\S+)")


def work(minutes: int = 0) -> None:
    """Lets the jobs that the guide names do what is due, now or in some minutes."""
    now = timezone.now() + timedelta(minutes=minutes)
    for name in settings.V2V_WORKER_JOBS:
        job = import_string(name)()
        for _step in range(20):
            if not job.run_due(now).done:
                break


def subscribe(reader: Client) -> str:
    """Subscribes somebody by the form and the letter; returns the page that says so."""
    form = reader.get("/subscriptions/").content.decode()
    stamp = re.search(r'name="stamp"\s+value="([^"]+)"', form)
    assert stamp
    reader.post("/subscriptions/", {"email": "ana@school.example", "stamp": stamp[1]})
    work()
    [letter] = FileTransport().stored()
    text: Any = letter.message.get_body(("plain",))
    link = LINK.search(text.get_content())
    assert link
    return str(reader.post(link[1]).content.decode())


def published_article(home: Any) -> Any:
    """Publishes an article of the host's own type, with a picture."""
    file = BytesIO()
    Image.new("RGB", (900, 600)).save(file, "PNG")
    picture = get_image_model().objects.create(
        title="A workshop", file=ContentFile(file.getvalue(), name="workshop.png")
    )
    article = import_string("home.models.ArticlePage")(
        title="We began", slug="began", summary="Ten schools.", picture=picture, live=False
    )
    home.add_child(instance=article).save_revision().publish()
    return article


def composed_issue(office: Client, home: Any, news: MailingList) -> Any:
    """Writes an issue and lets the office pick the article for it; publishes it."""
    article = published_article(home)
    archive = home.add_child(instance=NewsletterIndexPage(title="Letters", slug="letters"))
    issue = NewsletterPage(
        title="First",
        slug="first",
        subject="Spring",
        preheader="What we did",
        lead="<p>Dear readers.</p>",
        mailing_list=news,
        live=False,
        body=[("heading", "From us"), ("quote", {"words": "We learned", "who": "Ana"})],
    )
    archive.add_child(instance=issue).save_revision()
    pick = reverse("communication_newsletters_files:pick", args=[issue.pk])
    assert "We began" in office.get(pick).content.decode()
    office.post(pick, {"page": [article.pk]})
    NewsletterPage.objects.get(pk=issue.pk).latest_revision.publish()
    return NewsletterPage.objects.get(pk=issue.pk)


def sent_mail(office: Client, issue: Any) -> Any:
    """Sends an issue by the office's page, and lets ten minutes pass; returns the mail."""
    send = reverse("communication_newsletters_dispatch:send", args=[issue.pk])
    page = office.get(send).content.decode()
    plan = {"when": "now", "time_zone": settings.TIME_ZONE, "send": ""}
    office.post(send, {"lists": [issue.mailing_list_id], **plan})
    work()
    before = {mail.name for mail in FileTransport().stored()}
    work(minutes=11)
    after = {mail.name: mail for mail in FileTransport().stored()}
    [new] = after.keys() - before
    return page, after[new].message


def report() -> dict[str, Any]:
    """Returns what readers and the office get."""
    news = MailingList.objects.create(slug="news")
    MailingListText.objects.create(mailing_list=news, language="en", name="News of the house")
    reader, office = Client(REMOTE_ADDR="203.0.113.7"), Client()
    user = get_user_model().objects.create_superuser("ed", "ed@example.org", "pw")
    office.force_login(user)
    home = Site.objects.get().root_page
    confirmed = subscribe(reader)
    issue = composed_issue(office, home, news)
    checked, mail = sent_mail(office, issue)
    one_click = LINK.search(str(mail["List-Unsubscribe"]).strip("<>"))
    assert one_click
    return {
        "confirmed": confirmed,
        "checked": checked,
        "state": Dispatch.objects.get().state,
        "headers": dict(mail.items()),
        "html": mail.get_body(("html",)).get_content(),
        "text": mail.get_body(("plain",)).get_content(),
        "defects": [str(part.defects) for part in mail.walk() if part.defects],
        "archive": reader.get("/letters/first/").content.decode(),
        "list": reader.get("/letters/").content.decode(),
        "left": reader.post(one_click[1], {"List-Unsubscribe": "One-Click"}).status_code,
        "subscription": Subscription.objects.get().state,
        "admin": office.get(reverse("wagtailadmin_home")).content.decode(),
        "apps": sorted(config.label for config in apps.get_app_configs()),
    }
