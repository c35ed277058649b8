"""Drafts for front ends elsewhere: one revision, for a short time, for whom its editor trusts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.signing import dumps
from django.test import Client
from wagtail.blocks import StreamValue

from tests.events import EventPageFactory, add_events
from tests.factories import (
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.process import MobilityProcessPageFactory
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from tests.vet_systems import VETIndicatorFactory, VETSystemPageFactory, value
from v2v_pages.models import HomePage
from v2v_snippets.publication.previews import SALT, preview_token

from .conftest import block
from .test_frame import assert_problem

Get = Callable[..., Any]
RELATIONS = "twinning,twinnings,authors,country,hosts"
NOON = datetime(2031, 3, 29, 12, tzinfo=UTC)


@pytest.fixture
def editor(tree: SiteTree) -> Any:
    """Somebody who may edit every page, and publish none."""
    user = get_user_model().objects.create_user("editor", "e@v2v.example", "password")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def article(tree: SiteTree) -> Any:
    """A published article with a draft of which the public sees nothing yet."""
    page = NewsPageFactory(
        parent=tree.news,
        title="Published",
        tags=["old"],
        authors=[PartnerFactory(short_name="Old school")],
        twinnings=[TwinningFactory(number=1)],
    )
    page.title = "Draft"
    page.body = [block("paragraph", "<p>Not yet <b>public</b></p>")]
    page.tags.set(["new"])
    page.authors = [PartnerFactory(short_name="New school")]
    page.twinnings = [TwinningFactory(number=2)]
    page.save_revision()
    return page


def test_a_front_end_reads_the_draft_as_it_will_be(get: Get, editor: Any, article: Any) -> None:
    token = preview_token(page=article, user=editor)

    draft = get(f"preview/{token}/").json()
    public = get(f"news/{article.translation_key}/").json()

    assert draft["title"] == "Draft"
    assert draft["body"][0]["html"] == "<p>Not yet <b>public</b></p>"
    assert [tag["slug"] for tag in draft["tags"]] == ["new"]
    assert [author["name"] for author in draft["authors"]] == ["New school"]
    assert [pair["number"] for pair in draft["twinnings"]] == [2]
    assert draft.keys() == public.keys()
    assert public["title"] == "Published"
    assert [pair["number"] for pair in public["twinnings"]] == [1]


def test_it_is_asked_for_as_items_are(get: Get, editor: Any, article: Any) -> None:
    token = preview_token(page=article, user=editor)

    draft = get(
        f"preview/{token}/", fields="body", include="authors", rich_text="markdown", locale="it"
    ).json()

    assert draft["body"][0]["markdown"] == "Not yet **public**"
    assert draft["included"]["authors"][0]["name"] == "New school"
    assert draft["locale"] == {"requested": "it", "served": "en"}
    assert "tags" not in draft
    assert_problem(get(f"preview/{token}/", colour="red"), 400)


def test_nobody_keeps_it_and_no_search_engine_lists_it(
    client: Client, editor: Any, article: Any
) -> None:
    address = f"/api/v1/preview/{preview_token(page=article, user=editor)}/"

    answer, head = client.get(address), client.head(address)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not {"ETag", "Last-Modified", "Surrogate-Key"} & set(answer.headers)
    assert head.content == b""
    assert head["Cache-Control"] == answer["Cache-Control"]


def test_a_token_opens_its_own_revision_alone(get: Get, editor: Any, article: Any) -> None:
    token = preview_token(page=article, user=editor)
    article.title = "A later draft"
    article.save_revision()

    assert get(f"preview/{token}/").json()["title"] == "Draft"
    again = preview_token(page=article, user=editor)
    assert get(f"preview/{again}/").json()["title"] == "A later draft"


def test_another_secret_key_ends_all_tokens_whatever_stands_beside_it(
    get: Get, editor: Any, article: Any, settings: Any
) -> None:
    token = preview_token(page=article, user=editor)
    leaked, settings.SECRET_KEY = settings.SECRET_KEY, "another-key"
    settings.SECRET_KEY_FALLBACKS = [leaked]

    assert_problem(get(f"preview/{token}/"), 404)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 410)])
def test_a_token_expires(get: Get, editor: Any, article: Any, minutes: int, status: int) -> None:
    with time_machine.travel(NOON, tick=False):
        token = preview_token(page=article, user=editor)

    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        answer = get(f"preview/{token}/")

    assert answer.status_code == status
    if status == 410:
        assert_problem(answer, 410)
        assert "Open it again" in answer.json()["detail"]


def test_its_time_is_a_setting(get: Get, editor: Any, article: Any, settings: Any) -> None:
    settings.V2V_PREVIEW_SECONDS = 30
    with time_machine.travel(NOON, tick=False):
        token = preview_token(page=article, user=editor)

    with time_machine.travel(NOON + timedelta(seconds=31), tick=False):
        assert_problem(get(f"preview/{token}/"), 410)


def test_a_token_that_we_did_not_make_is_like_none(get: Get, editor: Any, article: Any) -> None:
    token = preview_token(page=article, user=editor)
    other = StandardPageFactory(parent=article.get_parent(), draft=True)
    revision = article.latest_revision
    forged = [
        "nonsense",
        token[:-1],
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(":", "%3A%00"),
        dumps([article.pk, revision.pk, editor.pk], salt="another salt"),
        dumps([other.pk, revision.pk, editor.pk], salt=SALT),
        dumps([article.pk, other.latest_revision.pk, editor.pk], salt=SALT),
        dumps("not three keys", salt=SALT),
        "x" * 3000,
    ]

    statuses = {each[:40]: get(f"preview/{each}/").status_code for each in forged}

    assert set(statuses.values()) <= {400, 404}, statuses
    assert 404 in statuses.values()


def lose_the_group(user: Any) -> None:
    user.groups.clear()


def be_closed(user: Any) -> None:
    user.is_active = False
    user.save()


def be_deleted(user: Any) -> None:
    user.delete()


@pytest.mark.parametrize("happens", [lose_the_group, be_closed, be_deleted])
def test_who_may_not_see_the_page_any_more_has_handed_on_nothing(
    get: Get, editor: Any, article: Any, happens: Callable[[Any], None]
) -> None:
    token = preview_token(page=article, user=editor)
    happens(editor)

    answer = get(f"preview/{token}/")

    assert_problem(answer, 403)
    assert "Draft" not in answer.content.decode()


def test_a_page_or_revision_that_is_gone_has_no_draft(get: Get, editor: Any, article: Any) -> None:
    token = preview_token(page=article, user=editor)
    article.latest_revision.delete()

    assert_problem(get(f"preview/{token}/"), 404)


def test_a_draft_tells_nothing_else_that_is_hidden(get: Get, editor: Any, tree: SiteTree) -> None:
    secret = StandardPageFactory(parent=tree.home, title="Canary", slug="canary", draft=True)
    ended = PersonConsentFactory(ended=True, person_name="Canary person")
    body = [
        block("paragraph", f'<p>See <a linktype="page" id="{secret.pk}">there</a></p>'),
        block("quote", {"quote": "Canary said", "consent": ended.pk, "source": ""}),
    ]
    page = NewsPageFactory(parent=tree.news, body=body, draft=True)

    answer = get(f"preview/{preview_token(page=page, user=editor)}/", fields="*")

    assert answer.status_code == 200
    assert "canary" not in answer.content.decode().lower()


def test_relations_of_events_and_articles_are_those_of_the_draft(
    get: Get, editor: Any, tree: SiteTree
) -> None:
    host, topic = PartnerFactory(), MobilityTopicFactory(slug="visa")
    event = EventPageFactory(parent=add_events(tree))
    event.hosts, event.country, event.starts_on = [host], host.country, date(2031, 1, 2)
    event.save_revision()
    article = RepositoryArticlePageFactory(parent=add_repository(tree))
    article.topics, article.host_countries = [topic], [host.country]
    article.save_revision()

    shown, told = (
        get(f"preview/{preview_token(page=page, user=editor)}/").json() for page in (event, article)
    )

    assert shown["hosts"][0]["slug"] == host.slug
    assert shown["country"]["code"] == host.country.code
    assert shown["starts_on"] == "2031-01-02"
    assert [each["slug"] for each in told["topics"]] == ["visa"]
    assert told["host_countries"][0]["code"] == host.country.code


def test_values_of_a_system_are_those_of_the_draft(get: Get, editor: Any, tree: SiteTree) -> None:
    indicator = VETIndicatorFactory(texts={"en": {"label": "Share"}})
    system = VETSystemPageFactory(parent=tree.home, values=[value(indicator, "30")])
    system.vet_values = [value(indicator, "45")]
    system.save_revision()

    draft = get(f"preview/{preview_token(page=system, user=editor)}/").json()

    assert draft["values"][0]["value"] == 45
    assert draft["country"]["code"] == system.country.code


def test_a_draft_that_is_hardly_begun_is_shown(get: Get, editor: Any, tree: SiteTree) -> None:
    article: Any = NewsPageFactory(parent=tree.news)
    stream = article.body.stream_block
    empty = [(name, child.get_default()) for name, child in stream.child_blocks.items()]
    article.body = StreamValue(stream, empty)
    article.published_on = None
    story = TwinningStoryPageFactory(parent=tree.twinnings)
    story.twinning = None
    system = VETSystemPageFactory(parent=tree.home)
    system.country = None
    event: Any = EventPageFactory(parent=add_events(tree))
    event.starts_on, event.agenda = None, [("entry", {})]
    home = HomePage.objects.get(pk=tree.home.pk)
    home.strands, home.dates = [("strand", {})], [("entry", {})]
    process = MobilityProcessPageFactory(parent=tree.home)
    process.phases = [("phase", {})]
    for page in (article, story, system, event, home, process):
        page.title = ""
        page.save_revision(clean=False)
        token = preview_token(page=page, user=editor)

        answer = get(f"preview/{token}/", fields="*", include=RELATIONS)

        assert answer.status_code == 200, type(page)
        assert answer.json()["title"] == ""
