"""An article of the repository: for whom it holds, what it relies on, and how long."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from tests.factories import CountryFactory, DocumentFactory
from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import RepositoryArticlePage, RepositorySource


@pytest.fixture
def repository(site: SiteTree) -> Any:
    """An empty repository."""
    return add_repository(site)


def test_an_article_tells_for_whom_it_holds_and_what_it_relies_on(repository: Any) -> None:
    kosovo, document = CountryFactory(kosovo=True), DocumentFactory(title="Checklist")
    article = RepositoryArticlePageFactory(
        parent=repository,
        title="Insurance",
        slug="insurance",
        draft=True,
        host_countries=[kosovo],
        for_staff=True,
        last_reviewed_on=date(2021, 5, 1),
        review_on=date(2121, 11, 1),
    )
    article.sources.create(
        title="Zakon o osiguranju",
        language="hr",
        publisher="The ministry",
        url="https://ministry.example/law",
        checked_on=date(2021, 4, 2),
    )
    article.attachments.create(document=document)
    article.save_revision().publish()

    page = read("/en/repository/insurance/")

    assert text_of(one(page, ".facts")) == (
        "From any country To Kosovo* For Staff and accompanying persons Last review 1 May 2021"
        " Next review 1 November 2121 (Up to date)"
    )
    source = one(page, "a[href='https://ministry.example/law']")
    assert one(page, ".downloads span[lang=hr]").select("a") == [source]
    sources = page.select(".downloads")[0]
    assert "The ministry, checked on 2 April 2021" in text_of(sources)
    assert links(page, ".downloads a[download]") == {"Checklist": document.url}
    assert page.select(".notice") == []


@pytest.mark.parametrize(
    ("days", "state", "mark"),
    [
        (9, "Up to date", ""),
        (10, "Review due", "Review due since 11 May 2021: check the sources."),
        (20, "Review due", "Review due since 11 May 2021: check the sources."),
        (21, "Outdated", "Outdated: it was valid until 21 May 2021."),
    ],
)
def test_a_state_changes_with_the_day_alone(
    repository: Any, days: int, state: str, mark: str
) -> None:
    article = RepositoryArticlePageFactory(
        parent=repository,
        slug="costs",
        review_on=date(2021, 5, 11),
        valid_until=date(2021, 5, 21),
    )
    day = date(2021, 5, 1) + timedelta(days=days)

    with time_machine.travel(f"{day}T12:00:00+02:00", tick=False):
        page, listed = read("/en/repository/costs/"), read("/en/repository/")
        codes = {"Up to date": "fresh", "Review due": "due", "Outdated": "outdated"}
        of_state = list(links(read(f"/en/repository/state/{codes[state]}/"), ".item__title a"))
        [item] = Client().get("/feeds/en/repository.json").json()["items"]
        told = BeautifulSoup(item["content_html"], "html.parser")

    assert f"({state})" in text_of(one(page, ".facts"))
    assert [text_of(li) for li in page.select(".marks li")] == ([mark] if mark else [])
    assert bool(page.select(".notice")) == (state == "Outdated")
    assert [text_of(m) for m in listed.select("strong.mark")] == ([state] if mark else [])
    assert of_state == [article.title]
    assert [text_of(m) for m in told.select("em")] == ([mark] if mark else [])


def test_the_next_boundary_is_when_the_state_changes(repository: Any) -> None:
    with time_machine.travel("2021-05-01T12:00:00+00:00", tick=False):
        article = RepositoryArticlePageFactory(
            parent=repository, review_on=date(2021, 5, 11), valid_until=date(2021, 5, 21)
        )
        first = article.next_boundary_at
    with time_machine.travel("2021-05-12T12:00:00+00:00", tick=False):
        second = article.next_boundary_at
    with time_machine.travel("2021-05-23T12:00:00+00:00", tick=False):
        assert article.next_boundary_at is None

    assert [timezone.localtime(moment).isoformat()[:16] for moment in (first, second)] == [
        "2021-05-11T00:00",
        "2021-05-22T00:00",
    ]


def test_queries_and_articles_agree_on_every_state(repository: Any) -> None:
    today = date(2021, 5, 10)
    near = [today + timedelta(days=days) for days in (-1, 0, 1)]
    for review_on in near:
        for valid_until in (None, *near):
            RepositoryArticlePageFactory(
                parent=repository, review_on=review_on, valid_until=valid_until
            )

    for article in RepositoryArticlePage.objects.all():
        state = article.state_on(today)
        found = RepositoryArticlePage.objects.in_state(state, today)
        assert list(found.filter(pk=article.pk)) == [article]
        others = RepositoryArticlePage.objects.exclude(pk__in=found.values("pk"))
        assert article not in others


def test_a_draft_brings_no_old_dates_of_review_back(repository: Any) -> None:
    article = RepositoryArticlePageFactory(parent=repository, review_on=date(2021, 5, 10))
    draft = article.save_revision()
    RepositoryArticlePage.objects.update(review_on=date(2021, 11, 10))

    Revision.objects.get(pk=draft.pk).publish()

    article.refresh_from_db()
    assert article.review_on == date(2021, 11, 10)


def test_sources_are_told_to_machines(repository: Any) -> None:
    article = RepositoryArticlePageFactory(
        parent=repository, valid_until=date(2121, 5, 21), for_learners=True
    )
    article.sources = [RepositorySource(title="A law", publisher="A ministry")]

    data = article.structured_data()

    assert data["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "A law",
            "publisher": {"@type": "Organization", "name": "A ministry"},
        }
    ]
    assert data["about"] == [{"@type": "Thing", "name": "Entry"}]
    assert data["audience"] == [{"@type": "Audience", "audienceType": "Learners"}]
    assert data["expires"] == "2121-05-21"
