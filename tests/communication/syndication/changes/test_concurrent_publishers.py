"""Whoever follows tokens misses nothing, however many publish at once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection, connections
from wagtail.models import Page

from communication.syndication.models import Change, ContentVersion, PublicItem
from tests.factories import NewsPageFactory, StandardPageFactory
from tests.following import Follower
from tests.sites import build_site
from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.publication.published import published_public

PUBLISHERS = 8 if connection.vendor == "postgresql" else 1
"""SQLite lets one transaction write at a time, so there the reader alone is at work beside it."""

EACH = 50
ROUNDS = 3


def publish(parent: Any) -> None:
    """Publishes new pages, and withdraws every fifth again; each act is a transaction."""
    try:
        for number in range(EACH):
            with recording_changes():
                page = StandardPageFactory(parent=parent, title=f"{parent.slug} {number}")
            if number % 5 == 0:
                with recording_changes():
                    page.unpublish()
    finally:
        connections.close_all()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_client_that_follows_tokens_misses_no_change() -> None:
    home = build_site().home
    parents = [
        StandardPageFactory(parent=home, title=f"Team {number}") for number in range(PUBLISHERS)
    ]
    follower = Follower(fields="title")
    follower.sync()
    told: dict[str, set[str]] = {"upsert": set(), "delete": set()}

    def follow() -> None:
        for change in follower.sync(limit=7):
            told[change["operation"]].add(change["id"])

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        running: set[Future[None]] = {pool.submit(publish, parent) for parent in parents}
        done = running
        while running:
            finished, running = wait(running, timeout=0)
            follow()
            for each in finished:
                each.result()
    follow()

    sequences = list(Change.objects.values_list("sequence", flat=True))
    assert done
    assert follower.copy == follower.snapshot()
    withdrawn = PUBLISHERS * EACH // 5
    assert len(told["upsert"] | told["delete"]) >= PUBLISHERS * EACH
    assert len(told["delete"]) == withdrawn
    assert len(follower.copy) == 4 + PUBLISHERS + PUBLISHERS * EACH - withdrawn
    assert len(set(sequences)) == len(sequences)
    assert ContentVersion.objects.get().counter == max(sequences)


@pytest.mark.django_db(transaction=True)
def test_who_hides_a_section_and_who_publishes_in_it_tell_how_both_ended() -> None:
    site = build_site()
    draft = NewsPageFactory(parent=site.news, title="Article", draft=True)
    follower = Follower(fields="title")
    follower.sync()
    for _round in range(ROUNDS):
        at_once(
            lambda: fresh(draft).save_revision().publish(), lambda: fresh(site.news).unpublish()
        )
        assert_log_is_true()
        follower.sync()
        hidden = dict(follower.copy)
        at_once(
            lambda: fresh(draft).unpublish(), lambda: fresh(site.news).save_revision().publish()
        )
        assert_log_is_true()
        follower.sync()

        titles = {item["title"] for item in hidden.values()}
        assert titles.isdisjoint({"News", "Article"})
        assert follower.copy == follower.snapshot()


def assert_log_is_true() -> None:
    """Checks that what was told is what everybody can read."""
    told = set(PublicItem.objects.values_list("page_id", flat=True))
    assert told == set(
        published_public(Page.objects.filter(depth__gt=1)).values_list("pk", flat=True)
    )


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def at_once(*acts: Callable[[], Any]) -> None:
    """Lets transactions end at the same moment, none of which has seen another's work."""
    if connection.vendor == "sqlite":  # where one begins when the other has ended
        for act in acts:
            with recording_changes():
                act()
        return
    done = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        try:
            with recording_changes():
                act()
                done.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        for each in [pool.submit(run, act) for act in acts]:
            each.result(60)
