"""Issues in the log of changes: what they name is part of them."""

from typing import Any

import pytest

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import NewsPageFactory
from tests.following import Follower
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory, feature
from tests.sites import SiteTree, translate
from v2v_snippets.publication.changes import recording_changes


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, title="We met")


@pytest.fixture
def issue(site: SiteTree, article: Any) -> Any:
    archive = NewsletterIndexPageFactory(parent=site.home)
    issue = NewsletterPageFactory(parent=archive, body=[feature(article)])
    refresh_change_log()
    return issue


@pytest.fixture
def follower(issue: Any) -> Follower:
    follower = Follower(type="newsletters")
    follower.sync()
    return follower


def test_a_partner_site_gets_issues(follower: Follower) -> None:
    assert [item["title"] for item in follower.copy.values()] == ["First issue"]


def test_an_issue_that_has_changed_is_told(follower: Follower, issue: Any) -> None:
    with recording_changes():
        issue.title = "Corrected"
        issue.save_revision().publish()

    follower.sync()

    assert [item["title"] for item in follower.copy.values()] == ["Corrected"]


def test_an_issue_changes_with_the_pages_that_it_names(follower: Follower, article: Any) -> None:
    with recording_changes():
        article.title = "We met again"
        article.save_revision().publish()

    assert follower.sync()
    [item] = follower.copy.values()
    assert item["parts"][0]["title"] == "We met again"
    assert follower.copy == follower.snapshot()


def test_an_issue_changes_with_the_words_that_it_repeats(follower: Follower, article: Any) -> None:
    with recording_changes():
        article.summary = "All ten schools were there."
        article.save_revision().publish()

    told = follower.sync()

    assert [(each["reason"], each["item"]["title"]) for each in told] == [
        ("dependency", "First issue")
    ]
    [item] = follower.copy.values()
    assert item["parts"][0]["summary"] == "All ten schools were there."
    assert follower.copy == follower.snapshot()


def test_an_issue_in_one_language_changes_with_the_original_that_it_repeats(
    site: SiteTree, article: Any
) -> None:
    translate(site.news, "it")
    archive = NewsletterIndexPageFactory(parent=site.home)
    issue = NewsletterPageFactory(parent=archive, body=[feature(translate(article, "it"))])
    refresh_change_log()
    follower = Follower(type="newsletters")
    follower.sync()

    with recording_changes():
        article.summary = "All ten schools were there."
        article.save_revision().publish()

    assert [each["id"] for each in follower.sync()] == [str(issue.translation_key)]
    assert follower.copy == follower.snapshot()


def test_what_no_issue_names_changes_none(follower: Follower, site: SiteTree) -> None:
    other = NewsPageFactory(parent=site.news, title="Elsewhere")
    with recording_changes():
        other.summary = "Others were there."
        other.save_revision().publish()

    assert follower.sync() == []


def test_an_issue_changes_when_a_page_that_it_names_is_withdrawn(
    follower: Follower, article: Any
) -> None:
    with recording_changes():
        article.unpublish()

    assert follower.sync()
    [item] = follower.copy.values()
    assert item["parts"] == []
    assert follower.copy == follower.snapshot()


def test_an_issue_that_is_withdrawn_is_gone(follower: Follower, issue: Any) -> None:
    with recording_changes():
        issue.unpublish()

    follower.sync()

    assert follower.copy == {}
