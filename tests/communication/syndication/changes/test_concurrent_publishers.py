"""Whoever follows tokens misses nothing, however many publish at once."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection, connections

from communication.syndication.models import Change, ContentVersion
from tests.factories import NewsPageFactory, StandardPageFactory
from tests.following import Follower
from tests.sites import build_site
from v2v_snippets.publication.changes import recording_changes

PUBLISHERS = 8 if connection.vendor == "postgresql" else 1
"""SQLite lets one transaction write at a time, so there the reader alone is at work beside it."""

EACH = 50


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
def test_whoever_hides_a_section_hides_what_another_publishes_in_it_meanwhile() -> None:
    site = build_site()
    follower = Follower(fields="title")
    follower.sync()
    if connection.vendor == "sqlite":
        with recording_changes():
            NewsPageFactory(parent=site.news, title="Article")
        with recording_changes():
            site.news.unpublish()
    else:
        hide_while_another_publishes(site.news)

    follower.sync()

    assert follower.copy == follower.snapshot()
    titles = {item["title"] for item in follower.copy.values()}
    assert titles.isdisjoint({"News", "Article"})


def hide_while_another_publishes(section: Any) -> None:
    """Lets one transaction end while the other one, which began before, is still open."""

    def hide() -> None:
        try:
            with recording_changes():
                section.unpublish()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with recording_changes():
            NewsPageFactory(parent=section, title="Article")
            # it changes the section's row only once this transaction has ended
            type(section).objects.filter(pk=section.pk).update(show_in_menus=True)
            hiding = pool.submit(hide)
        hiding.result(30)
