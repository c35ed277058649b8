"""What the public may see."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page, PageViewRestriction

from tests.v2v_snippets.publication.trees import Tree
from v2v_snippets.publication.published import published, published_public


def is_public(page: Page) -> bool:
    return published_public(Page.objects.filter(pk=page.pk)).exists()


def is_published(page: Page) -> bool:
    return published(Page.objects.filter(pk=page.pk)).exists()


def test_live_page_is_public(tree: Tree) -> None:
    assert is_public(tree.article)


def test_draft_is_not_public(tree: Tree) -> None:
    assert not is_public(tree.draft_it)


def test_live_page_under_a_draft_is_not_public(tree: Tree) -> None:
    tree.news.unpublish()
    tree.article.refresh_from_db()
    assert tree.article.live
    assert not is_public(tree.article)
    assert not is_published(tree.article)


def test_page_is_public_until_the_moment_it_expires(tree: Tree) -> None:
    now = timezone.now()
    Page.objects.filter(pk=tree.article.pk).update(expire_at=now + timedelta(minutes=1))
    assert is_public(tree.article)
    Page.objects.filter(pk=tree.article.pk).update(expire_at=now - timedelta(seconds=1))
    assert not is_public(tree.article)


def test_page_under_an_expired_one_is_not_public(tree: Tree) -> None:
    Page.objects.filter(pk=tree.news.pk).update(expire_at=timezone.now())
    assert not is_public(tree.article)


def test_scheduled_change_of_a_live_page_leaves_it_public(tree: Tree) -> None:
    page = tree.article
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    assert is_public(page)


def test_first_publication_in_the_future_is_not_public(tree: Tree) -> None:
    page = tree.draft_it
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    assert not is_public(page)


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("restricted", ["home", "news", "article"])
def test_restriction_hides_a_page_and_all_below_it(tree: Tree, kind: str, restricted: str) -> None:
    restriction = PageViewRestriction.objects.create(
        page=getattr(tree, restricted), restriction_type=kind, password="secret"
    )
    restriction.groups.set(Group.objects.all())
    assert not is_public(tree.article)
    assert is_published(tree.article)
    assert is_public(tree.article_fi)


def test_alias_is_no_publication(tree: Tree) -> None:
    locale = Locale.objects.get(language_code="it")
    alias = tree.only_english.create_alias(
        parent=tree.news_it, update_slug="only-english-it", update_locale=locale
    )
    assert alias.live
    assert not is_public(alias)


def test_page_deeper_than_the_rule_looks_is_not_public(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("v2v_snippets.publication.published.MAX_DEPTH", tree.news.depth)
    assert is_public(tree.news)
    assert not is_public(tree.article)


def test_rule_costs_no_query_of_its_own(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        list(published_public(Page.objects.all()))
