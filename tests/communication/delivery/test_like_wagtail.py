"""Scheduled publishing does to pages and snippets what Wagtail's own command does."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished, published, unpublished

from tests.communication.delivery.notices.models import Notice
from tests.communication.delivery.schedules import drain, later, live_notice, scheduled_notice
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db

Announcement = tuple[str, str]


@pytest.fixture
def announced() -> Iterator[list[Announcement]]:
    """Collects the signals that Wagtail sends: (name, text of the object)."""
    heard: list[Announcement] = []
    signals = {
        "published": published,
        "unpublished": unpublished,
        "page_published": page_published,
        "page_unpublished": page_unpublished,
    }
    receivers = []
    for name, signal in signals.items():

        def hear(*, name: str = name, instance: Any, **kwargs: Any) -> None:
            heard.append((name, str(instance)))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield heard
    for signal, receiver in receivers:
        signal.disconnect(receiver)


def build_schedule(parent: Any) -> None:
    """One object of each kind whose time comes within a day."""
    soon = timezone.now() + timedelta(hours=12)
    NewsPageFactory(parent=parent, title="Goes live", go_live_at=soon)
    NewsPageFactory(parent=parent, title="Expires", expire_at=soon)
    short_lived = {"go_live_at": soon, "expire_at": soon + timedelta(hours=1)}
    NewsPageFactory(parent=parent, title="Too late", **short_lived)
    changed = NewsPageFactory(parent=parent, title="Before")
    changed.title, changed.go_live_at = "After", soon
    changed.save_revision().publish()
    draft_on_top = NewsPageFactory(parent=parent, title="Approved", go_live_at=soon)
    draft_on_top.title = "Draft on top"
    draft_on_top.save_revision()
    never_published = NewsPage(title="Never published", summary="In short.", slug="never")
    never_published.expire_at = soon
    parent.add_child(instance=never_published)
    source = NewsPageFactory(parent=parent, title="Source", expire_at=soon)
    source.create_alias(parent=parent, update_slug="alias")
    scheduled_notice("Goes live")
    live_notice("Expires", expire_at=soon)


def outcome() -> dict[str, Any]:
    """What both ways of publishing must leave behind alike: titles and states, no keys or times."""
    records = [*NewsPage.objects.order_by("slug"), *Notice.objects.order_by("text")]
    return {
        "states": [
            (str(record), record.live, record.expired, record.has_unpublished_changes)
            for record in records
        ],
        "with a live revision": [str(r) for r in records if r.live_revision_id],
        "page log": sorted(PageLogEntry.objects.values_list("label", "action", "user")),
        "snippet log": sorted(ModelLogEntry.objects.values_list("label", "action", "user")),
        "schedules": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
    }


def outcome_of(publish: Callable[[], Any], parent: Any) -> dict[str, Any]:
    """What ``publish`` makes of the schedule; nothing of it stays in the database."""
    with transaction.atomic():
        build_schedule(parent)
        with later(days=1, seconds=1):
            publish()
            publish()  # Wagtail's command takes down only now what it has published too late
        result = outcome()
        transaction.set_rollback(True)
    return result


def test_states_and_log_are_those_of_wagtails_command(site: SiteTree) -> None:
    theirs = outcome_of(lambda: call_command("publish_scheduled"), site.news)
    ours = outcome_of(drain, site.news)

    assert ours == theirs
    assert theirs["schedules"] == 0
    assert len(theirs["with a live revision"]) == 4


def test_signals_are_those_of_wagtails_command(
    site: SiteTree, announced: list[Announcement]
) -> None:
    outcome_of(lambda: call_command("publish_scheduled"), site.news)
    theirs, announced[:] = set(announced), []
    outcome_of(drain, site.news)

    assert set(announced) == theirs
    assert ("page_published", "Goes live") in theirs
