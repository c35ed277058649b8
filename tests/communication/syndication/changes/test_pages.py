"""What editors do with pages, as the log tells it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from communication.syndication.models import Change, PublicItem
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import HomePageFactory, NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, translate
from v2v_pages.models import NewsPage
from v2v_snippets.publication.changes import recording_changes

from .recorded import counter, publish_and_fail, recorded


@pytest.fixture
def article(site: SiteTree) -> NewsPage:
    """A published article, in the log."""
    page: NewsPage = NewsPageFactory(parent=site.news, title="Article")
    refresh_change_log()
    return page


@pytest.fixture
def branch(site: SiteTree) -> tuple[Any, Any]:
    """A page and one below it."""
    above = StandardPageFactory(parent=site.home, title="Above")
    below = StandardPageFactory(parent=above, title="Below")
    refresh_change_log()
    return above, below


def test_a_published_page_is_new(logged: SiteTree) -> None:
    with recorded() as record:
        page = NewsPageFactory(parent=logged.news, title="New")

    assert record.told == {(str(page.translation_key), "en", "upsert", "own")}


def test_an_edited_page_has_changed(article: NewsPage) -> None:
    article.title = "Edited"

    with recorded(article) as record:
        article.save_revision().publish()

    assert record.told == {("Edited", "en", "upsert", "own")}


def test_a_draft_changes_nothing_and_moves_nothing(article: NewsPage, site: SiteTree) -> None:
    article.title = "Draft"

    with recorded() as record:
        article.save_revision()
        NewsPageFactory(parent=site.news, draft=True)

    assert record.told == set()
    assert record.moved_by == 0


def test_a_page_that_nobody_could_read_is_deleted_in_silence(site: SiteTree) -> None:
    draft = NewsPageFactory(parent=site.news, draft=True)
    closed = NewsPageFactory(parent=site.news, restriction="login")
    refresh_change_log()

    with recorded() as record:
        closed.title = "Edited"
        closed.save_revision().publish()
        draft.delete()
        closed.delete()

    assert record.told == set()


def test_what_is_unpublished_is_withdrawn_with_all_below(branch: tuple[Any, Any]) -> None:
    above, _below = branch

    with recorded(*branch) as record:
        above.unpublish()

    assert record.told == {
        ("Above", "en", "delete", "own"),
        ("Below", "en", "delete", "dependency"),
    }


def test_what_is_published_again_comes_back_with_all_below(branch: tuple[Any, Any]) -> None:
    above, _below = branch
    with recorded():
        above.unpublish()

    with recorded(*branch) as record:
        above.refresh_from_db()
        above.save_revision().publish()

    assert record.told == {
        ("Above", "en", "upsert", "own"),
        ("Below", "en", "upsert", "dependency"),
    }


def test_what_is_deleted_is_withdrawn_with_all_below(branch: tuple[Any, Any]) -> None:
    with recorded(*branch) as record:
        Page.objects.get(pk=branch[0].pk).delete()

    assert record.told == {("Above", "en", "delete", "own"), ("Below", "en", "delete", "own")}
    assert not PublicItem.objects.filter(title__in=["Above", "Below"]).exists()


def test_what_is_moved_has_other_addresses_with_all_below(
    branch: tuple[Any, Any], site: SiteTree
) -> None:
    target = StandardPageFactory(parent=site.home, title="Target")
    refresh_change_log()

    with recorded(*branch) as record:
        branch[0].move(target, pos="last-child")

    assert record.told == {("Above", "en", "upsert", "moved"), ("Below", "en", "upsert", "moved")}


def test_another_slug_is_another_address_for_all_below(branch: tuple[Any, Any]) -> None:
    above = branch[0]
    above.slug = "elsewhere"

    with recorded(*branch) as record:
        above.save_revision().publish()

    assert record.told == {("Above", "en", "upsert", "moved"), ("Below", "en", "upsert", "moved")}


def test_what_is_moved_below_a_draft_is_withdrawn(branch: tuple[Any, Any], site: SiteTree) -> None:
    draft = StandardPageFactory(parent=site.home, draft=True)

    with recorded(*branch) as record:
        branch[0].move(draft, pos="last-child")

    assert record.told == {("Above", "en", "delete", "moved"), ("Below", "en", "delete", "moved")}


def test_a_restriction_withdraws_and_its_end_brings_back(branch: tuple[Any, Any]) -> None:
    with recorded(*branch) as record:
        restriction = PageViewRestriction.objects.create(page=branch[0], restriction_type="login")
    with recorded(*branch) as kind:
        restriction.restriction_type = "password"
        restriction.save()
    with recorded(*branch) as lifted:
        restriction.delete()

    both = ("Above", "Below")
    assert record.told == {(title, "en", "delete", "restricted") for title in both}
    assert kind.told == set(), "They were hidden before, and are."
    assert lifted.told == {(title, "en", "upsert", "restricted") for title in both}


def test_a_translation_is_a_version_of_its_own(article: NewsPage, site: SiteTree) -> None:
    translate(site.news, "it")
    refresh_change_log()

    with recorded(article) as record:
        translated = translate(article, "it", title="Articolo")
    with recorded(article) as withdrawn:
        translated.unpublish()

    assert record.told == {("Article", "it", "upsert", "own")}
    assert ("Article", "it", "delete", "own") in withdrawn.told


def test_a_page_belongs_to_each_site_on_which_it_stands(article: NewsPage, site: SiteTree) -> None:
    other = HomePageFactory(parent=Page.get_first_root_node(), title="Other", slug="other")
    Site.objects.create(hostname="other.example", root_page=other)
    refresh_change_log()

    with recorded(article):
        article.move(other, pos="last-child")

    rows = Change.objects.filter(public_id=article.translation_key).order_by("-sequence")[:2]
    sites = Site.objects.order_by("pk").values_list("pk", flat=True)
    assert {(row.operation, row.site_id) for row in rows} == {
        ("delete", sites[0]),
        ("upsert", sites[1]),
    }


def test_a_page_that_becomes_another_item_is_withdrawn_as_what_it_was(article: NewsPage) -> None:
    old, key = article.translation_key, uuid4()
    article.translation_key = key

    with recorded() as record:
        article.save()

    assert record.told == {
        (str(old), "en", "delete", "own"),
        (str(key), "en", "upsert", "own"),
    }


def test_a_page_outside_of_all_sites_is_no_item(logged: SiteTree) -> None:
    with recorded() as record:
        HomePageFactory(parent=Page.get_first_root_node(), title="Nowhere", slug="nowhere")

    assert record.told == set()


def test_an_alias_hides_and_shows_what_stands_below_it(site: SiteTree) -> None:
    source = StandardPageFactory(parent=site.home, title="Source")
    alias = source.create_alias(parent=site.home, update_slug="alias")
    below = StandardPageFactory(parent=alias, title="Below")
    refresh_change_log()

    with recorded(below) as record:
        Page.objects.get(pk=alias.pk).specific.unpublish()

    assert record.told == {("Below", "en", "delete", "dependency")}


def test_what_fails_inside_is_taken_back_and_the_rest_is_told(article: NewsPage) -> None:
    other = NewsPageFactory(parent=article.get_parent(), title="Other")
    refresh_change_log()

    with recorded(article, other) as record:
        article.save_revision().publish()
        with pytest.raises(ZeroDivisionError), recording_changes():
            publish_and_fail(other)

    assert record.told == {("Article", "en", "upsert", "own")}


def test_what_fails_as_a_whole_tells_nothing(article: NewsPage) -> None:
    before = counter()

    with pytest.raises(ZeroDivisionError), recorded():
        publish_and_fail(article)

    assert counter() == before


def test_the_log_costs_the_same_queries_whatever_stands_beside(
    article: NewsPage, site: SiteTree
) -> None:
    def cost() -> int:
        article.refresh_from_db()
        with CaptureQueriesContext(connection) as queries, recorded():
            article.save_revision().publish()
            before = len(queries)
        return len(queries) - before

    alone = cost()
    for _number in range(5):
        NewsPageFactory(parent=site.news)
    refresh_change_log()

    assert cost() == alone <= 25
