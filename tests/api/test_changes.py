"""Staying in sync: a snapshot, then what has changed."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from communication.syndication.models import Change, ContentVersion
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import HomePageFactory, NewsPageFactory, StandardPageFactory
from tests.following import Follower
from tests.sites import SiteTree, translate
from v2v_pages.models import NewsPage
from v2v_snippets.publication.changes import recording_changes

from .hidden import CANARY, article

Get = Callable[..., Any]
MOST = 24


def publish(page: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(page, name, value)
    with recording_changes():
        page.save_revision().publish()
    return page


def new(tree: SiteTree, **fields: Any) -> Any:
    with recording_changes():
        return NewsPageFactory(parent=tree.news, **fields)


def test_a_snapshot_holds_what_content_holds(logged: SiteTree, get: Get) -> None:
    new(logged, title="Article")
    follower = Follower(locale="it")

    told = follower.sync(limit=2)

    content = get("content/", locale="it").json()["items"]
    assert follower.copy == {item["id"]: item for item in content}
    assert len(told) == len(follower.copy) == 5
    assert {change["reason"] for change in told} == {None}


def test_a_delta_holds_the_edited_item_and_nothing_else(logged: SiteTree, get: Get) -> None:
    pages = [new(logged, title=f"Article {number}") for number in range(5)]
    follower = Follower()
    follower.sync()
    publish(pages[2], title="Edited")

    [change] = follower.sync()

    assert follower.sync() == []
    item = get(f"content/{pages[2].translation_key}/").json()
    assert change == {
        "operation": "upsert",
        "id": str(pages[2].translation_key),
        "type": "news",
        "reason": "own",
        "recorded_at": change["recorded_at"],
        "item": item,
    }


def test_an_item_that_changed_several_times_is_told_once_as_it_is_now(logged: SiteTree) -> None:
    page = new(logged, title="First")
    follower = Follower(fields="title")
    follower.sync()
    for title in ("Second", "Third"):
        publish(page, title=title)

    [change] = follower.sync()

    assert change["item"]["title"] == "Third"


def test_what_is_withdrawn_leaves_a_tombstone_that_says_why(logged: SiteTree) -> None:
    page = new(logged, title="Article")
    follower = Follower()
    follower.sync()
    with recording_changes():
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    [change] = follower.sync()

    assert change == {
        "operation": "delete",
        "id": str(page.translation_key),
        "type": "news",
        "locale": "en",
        "reason": "restricted",
        "recorded_at": change["recorded_at"],
    }


def test_whoever_takes_one_language_hears_of_its_versions_alone(logged: SiteTree) -> None:
    translate(logged.news, "it")
    page = new(logged, title="Article")
    refresh_change_log()
    any_language, italian = Follower(locale="it"), Follower(locale="it", fallback="none")
    followers = (any_language, italian)
    for follower in followers:
        follower.sync()

    publish(page, title="Edited")
    edited = [len(follower.sync()) for follower in followers]
    with recording_changes():
        translated = translate(page, "it", title="Articolo")
    translations = [follower.sync()[0]["item"]["title"] for follower in followers]
    with recording_changes():
        translated.unpublish()
    withdrawn = [follower.sync()[0]["operation"] for follower in followers]

    assert edited == [1, 0], "There is no Italian version that could have changed."
    assert translations == ["Articolo", "Articolo"]
    assert withdrawn == ["upsert", "delete"], "Others get the English version back."


def test_whoever_takes_one_type_hears_of_no_other(logged: SiteTree) -> None:
    news, pages = Follower(type="news"), Follower(type=["page", "page"])
    for follower in (news, pages):
        follower.sync()
    new(logged)
    with recording_changes():
        withdrawn = StandardPageFactory(parent=logged.home)
    with recording_changes():
        withdrawn.unpublish()

    assert [change["type"] for change in news.sync()] == ["news"]
    assert [change["operation"] for change in pages.sync()] == ["delete"]


def test_a_withdrawal_is_not_lost_between_the_pages_of_a_delta(logged: SiteTree) -> None:
    translate(logged.news, "it")
    pages = [new(logged, title=f"Article {number}") for number in range(3)]
    with recording_changes():
        translated = translate(pages[0], "it")
    refresh_change_log()
    follower = Follower(locale="it", fallback="none", limit=1)
    follower.sync()
    with recording_changes():
        translated.unpublish()
    with recording_changes():
        translate(pages[1], "it")
    publish(pages[0], title="Edited")  # its last change comes behind the other item

    told = follower.sync()

    assert {change["id"]: change["operation"] for change in told} == {
        str(pages[0].translation_key): "delete",
        str(pages[1].translation_key): "upsert",
    }
    assert follower.copy == follower.snapshot()


def test_what_changes_while_somebody_reads_the_snapshot_is_told_afterwards(
    logged: SiteTree, client: Client
) -> None:
    first = new(logged, title="First")
    follower = Follower(fields="title", limit=2)
    begun = client.get("/api/v1/changes/?fields=title&limit=2").json()
    with recording_changes():
        first.unpublish()
    publish(logged.news, title="Latest")
    follower.token = begun["token"]
    follower.copy = {change["id"]: change["item"] for change in begun["items"]}

    follower.sync()
    follower.sync()

    assert follower.copy == follower.snapshot()


def test_another_site_has_changes_of_its_own(logged: SiteTree, client: Client) -> None:
    root = logged.home.get_parent()
    other = HomePageFactory(parent=root, title="Other", slug="other")
    Site.objects.create(hostname="localhost.example", root_page=other)
    refresh_change_log()
    page = new(logged, title="Article")
    follower = Follower()
    follower.sync()

    with recording_changes():
        page.move(other, pos="last-child")

    [change] = follower.sync()
    assert (change["operation"], change["id"]) == ("delete", str(page.translation_key))


def test_an_answer_without_news_is_not_sent_twice(logged: SiteTree, client: Client) -> None:
    token = client.get("/api/v1/changes/").json()["token"]
    address = f"/api/v1/changes/?token={token}"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    publish(logged.news)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, no-cache"
    assert again.status_code == 304
    assert changed.status_code == 200
    assert changed["Surrogate-Key"] == f"changes item-{logged.news.translation_key}"


def test_changes_cost_the_same_queries_for_one_and_for_five(
    get: Get, logged: SiteTree, make_news: Callable[[int], list[NewsPage]]
) -> None:
    before = get("changes/", type="news", limit=100).json()["token"]
    make_news(5)
    refresh_change_log()

    def cost(limit: int, **token: str) -> int:
        asked = {"type": "news", "limit": limit, **token}
        get("changes/", **asked)
        with CaptureQueriesContext(connection) as queries:
            answer = get("changes/", **asked)
        assert len(answer.json()["items"]) == limit
        return len(queries)

    snapshots = [cost(limit) for limit in (1, 5)]
    deltas = [cost(limit, token=before) for limit in (1, 5)]

    assert snapshots[0] == snapshots[1] <= MOST
    assert deltas[0] == deltas[1] <= MOST


def test_a_log_that_has_not_begun_has_a_snapshot(tree: SiteTree, get: Get) -> None:
    ContentVersion.objects.all().delete()
    Change.objects.all().delete()

    answer = get("changes/").json()

    assert len(answer["items"]) == 4
    assert get("changes/", token=answer["token"]).json()["items"] == []


def test_nothing_that_is_hidden_is_in_a_delta(logged: SiteTree, client: Client) -> None:
    follower = Follower()
    follower.sync()
    with recording_changes():
        article(logged.news, "draft", draft=True)
        article(logged.news, "scheduled", scheduled=True)
        closed = article(logged.news, "login", restriction="login")
        public = NewsPageFactory(parent=logged.news, title="Public")
    with recording_changes():
        closed.title = f"{CANARY} again"
        closed.save_revision().publish()
        public.title = f"{CANARY} title of a draft"
        public.save_revision()
        closed.delete()

    told = follower.sync()
    answer = client.get("/api/v1/changes/", {"token": follower.token})

    assert [change["id"] for change in told] == [str(public.translation_key)]
    assert CANARY not in str(told).lower()
    assert CANARY not in f"{answer.headers}{answer.content.decode()}".lower()
    assert not Change.objects.filter(public_id=closed.translation_key).exists()
