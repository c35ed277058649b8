"""Nothing that is not public stands in a webhook, whatever happens to it."""

from typing import Any

import pytest
from wagtail.models import Page

from communication.syndication.models import WebhookDelivery
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import NewsPageFactory
from tests.project.hidden import CANARY, hide_media, hide_versions
from tests.receiver import Receiver
from tests.sites import build_site
from tests.webhooks import webhook_to, work
from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.publication.published import published_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden() -> list[Any]:
    """Pages, pictures and files of every kind that nobody may see, and something to see."""
    tree = build_site("it", "sq")
    NewsPageFactory(parent=tree.news)
    _versions, files = hide_versions(tree), hide_media(tree)
    return [*Page.objects.filter(slug__contains=CANARY).specific(), *files]


def test_no_body_names_what_nobody_may_see(hidden: list[Any], receiver: Receiver) -> None:
    refresh_change_log()
    webhook_to(receiver)
    public = {
        (str(key), code)
        for key, code in published_public(Page.objects.all()).values_list(
            "translation_key", "locale__language_code"
        )
    }
    with recording_changes():
        for each in hidden:
            each.save()
        for page in published_public(Page.objects.all()).specific():
            page.save_revision().publish()
    work(steps=2000)

    said = " ".join(f"{r.body.decode()} {r.headers}" for r in receiver.requests)
    told = {(str(d.item_id), d.item_locale) for d in WebhookDelivery.objects.all()}
    assert len(hidden) > 30
    assert len(told) > 10
    assert told <= public
    assert CANARY not in said.lower()
