"""A translation reaches its readers when it is complete, whoever publishes it."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.services.translators import (
    begin,
    draft_of,
    publish,
    target_of,
    type_all,
    type_in,
)
from v2v_pages.services.publishing import (
    IncompleteTranslationError,
    save_draft,
    submit_for_review,
)

PUBLISHERS: dict[str, Callable[[Any], Any]] = {
    "revision": lambda page: page.get_latest_revision().publish(),
    "action": lambda page: PublishPageRevisionAction(page.get_latest_revision()).execute(),
    "page": lambda page: page.publish(page.get_latest_revision()),
}


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, title="Article", summary="A summary")


@pytest.fixture
def review(site: SiteTree) -> Workflow:
    """The only review of the whole site."""
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    return workflow


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_an_incomplete_translation_is_not_published(article: Any, publisher: str) -> None:
    translation = begin(article)
    type_in(translation, "Article", "Articolo")

    with pytest.raises(IncompleteTranslationError, match="3 of 4 sentences are not translated yet"):
        PUBLISHERS[publisher](target_of(translation))

    assert not target_of(translation).live


def test_a_complete_translation_is_published(article: Any) -> None:
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()

    page = target_of(translation)
    assert page.live
    assert (page.title, page.slug) == ("Article (it)", "article-it")


def test_readers_keep_the_last_complete_text(article: Any) -> None:
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()
    publish(article, summary="Another summary")
    translation.source.update_from_db()

    with pytest.raises(IncompleteTranslationError, match="1 of 4 sentences is not"):
        translation.save_target(publish=True)
    with pytest.raises(IncompleteTranslationError):
        save_draft(translation).publish()

    assert target_of(translation).summary == "A summary (it)"


def test_a_draft_that_was_complete_is_published_though_the_original_has_changed(
    article: Any,
) -> None:
    translation = begin(article)
    type_all(translation)
    reviewed = save_draft(translation)
    publish(article, summary="Another summary")
    translation.source.update_from_db()

    reviewed.publish()

    assert target_of(translation).summary == "A summary (it)"
    assert target_of(translation).translation_is_outdated


def test_a_draft_leaves_what_is_live_alone(article: Any) -> None:
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()
    type_in(translation, "A summary", "Un riassunto")

    save_draft(translation)

    assert target_of(translation).summary == "A summary (it)"
    assert draft_of(translation).summary == "Un riassunto"


def test_a_page_translated_by_hand_is_published_freely(site: SiteTree, article: Any) -> None:
    translate(site.news, "it")
    by_hand = translate(article, "it", title="Articolo")
    stopped = begin(NewsPageFactory(parent=article.get_parent(), title="Second"))
    stopped.enabled = False
    stopped.save()
    target_of(stopped).get_latest_revision().publish()

    assert by_hand.live
    assert target_of(stopped).live


def test_a_complete_translation_goes_to_the_review_as_a_draft(
    article: Any, review: Workflow, admin_user: Any
) -> None:
    translation = begin(article)
    with pytest.raises(IncompleteTranslationError):
        submit_for_review(translation, user=admin_user)
    type_all(translation)

    state = submit_for_review(translation, user=admin_user)

    assert state is not None
    assert state.current_task_state.revision.as_object().title == "Article (it)"
    assert not target_of(translation).live
    state.current_task_state.approve(user=admin_user)
    assert target_of(translation).live


def test_a_translation_under_review_is_replaced(
    article: Any, review: Workflow, admin_user: Any
) -> None:
    translation = begin(article)
    type_all(translation)
    submit_for_review(translation, user=admin_user)
    type_in(translation, "Article", "Articolo")

    state = submit_for_review(translation, user=admin_user)
    assert state is not None
    state.current_task_state.approve(user=admin_user)

    assert target_of(translation).title == "Articolo"


def test_a_translation_without_review_is_saved(article: Any, admin_user: Any) -> None:
    WorkflowPage.objects.all().delete()
    translation = begin(article)
    type_all(translation)

    assert submit_for_review(translation, user=admin_user) is None
    assert draft_of(translation).title == "Article (it)"


def test_publishing_costs_as_much_however_many_languages_there_are(
    article: Any, django_assert_max_num_queries: Any
) -> None:
    publish(article, summary="The second version, as all that follow")
    counts = []
    for language in ("it", "hr", "sq"):
        home = article.get_parent().get_parent().specific
        if language != "it":
            translate(home, language)
        translation = begin(article, language)
        type_all(translation)
        save_draft(translation).publish()
        with django_assert_max_num_queries(200) as queries:
            publish(article, summary=f"Summary {language}")
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
    assert Translation.objects.count() == 3
