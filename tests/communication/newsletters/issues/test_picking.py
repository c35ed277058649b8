"""What an editor can tick: published since the last issue, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from communication.newsletters.models import NewsletterPage
from communication.newsletters.services import picking
from communication.newsletters.services.picking import add_features, offers_for
from tests.communication.newsletters.office import someone
from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import ImageFactory, NewsPageFactory
from tests.issues import NewsletterPageFactory, feature
from tests.sites import translate
from tests.texts import visible_text
from tests.vet_systems import VETSystemIndexPageFactory, VETSystemPageFactory
from v2v_pages.models import HomePage


def published(page: Any, days_ago: int) -> Any:
    """Lets a page have been published on another day."""
    moment = timezone.now() - timedelta(days=days_ago)
    Page.objects.filter(pk=page.pk).update(first_published_at=moment)
    return page


@pytest.fixture
def draft(archive: Any) -> Any:
    return NewsletterPageFactory(parent=archive, title="Next", draft=True)


def titles(issue: Any) -> list[str]:
    return [offer.title for offer in offers_for(issue).items]


def path_of(issue: Any) -> str:
    return reverse("communication_newsletters_files:pick", args=[issue.pk])


def saved_titles(issue: Any) -> list[str]:
    latest = NewsletterPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    return [block.value["page"].title for block in latest.body]


def test_before_the_first_issue_everything_is_offered(draft: Any, articles: Any) -> None:
    published(NewsPageFactory(parent=articles, title="Old"), 400)
    published(NewsPageFactory(parent=articles, title="New"), 1)

    assert titles(draft) == ["New", "Old"]


def test_what_came_before_the_last_issue_is_not_offered(
    archive: Any, draft: Any, articles: Any
) -> None:
    published(NewsPageFactory(parent=articles, title="Before"), 40)
    published(NewsletterPageFactory(parent=archive, title="Last"), 30)
    published(NewsPageFactory(parent=articles, title="Since"), 20)

    assert titles(draft) == ["Since"]


def test_a_new_profile_of_a_vet_system_is_offered(draft: Any, articles: Any) -> None:
    systems = VETSystemIndexPageFactory(parent=articles.get_parent())
    VETSystemPageFactory(parent=systems, title="VET in Italy", summary="In short.")

    [offer] = offers_for(draft).items

    assert (offer.title, offer.label, offer.summary) == ("VET in Italy", "VET system", "In short.")


def test_drafts_and_restricted_pages_are_not_offered(draft: Any, articles: Any) -> None:
    NewsPageFactory(parent=articles, draft=True)
    NewsPageFactory(parent=articles, restriction="login")

    assert titles(draft) == []


def test_each_item_is_offered_once_in_the_language_of_the_issue(
    draft: Any, articles: Any, archive: Any
) -> None:
    article = NewsPageFactory(parent=articles, title="We met")
    translate(articles, "it", title="Notizie")
    translate(article, "it", title="Incontro")
    translate(archive, "it")
    italian = translate(draft, "it")

    assert titles(draft) == ["We met"]
    assert titles(italian) == ["Incontro"]


def test_items_of_all_listed_types_are_offered_and_issues_are_not(
    draft: Any, archive: Any, articles: Any
) -> None:
    events = EventIndexPageFactory(parent=HomePage.objects.get(locale__language_code="en"))
    EventPageFactory(parent=events, title="A visit")
    NewsPageFactory(parent=articles, title="An article")

    assert set(titles(draft)) == {"A visit", "An article"}


@pytest.mark.parametrize(("number", "is_cut"), [(2, False), (3, True)])
def test_editors_are_told_when_there_is_more_of_a_type_than_is_offered(
    editor: Client,
    draft: Any,
    articles: Any,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    is_cut: bool,
) -> None:
    monkeypatch.setattr(picking, "MOST", 2)
    for days_ago in range(number):
        published(NewsPageFactory(parent=articles, title=f"Of day {days_ago}"), days_ago)

    shown = visible_text(editor.get(path_of(draft)).content.decode())

    assert titles(draft) == ["Of day 0", "Of day 1"]
    assert ("only the latest 2 items of each type" in shown) == is_cut


def test_an_editor_ticks_items_and_numbers_them(editor: Client, draft: Any, articles: Any) -> None:
    first, second, third = (
        NewsPageFactory(parent=articles, title=title, listing_image=ImageFactory())
        for title in ("One", "Two", "Three")
    )
    shown = editor.get(path_of(draft))

    answer = editor.post(
        path_of(draft),
        {"page": [first.pk, third.pk], f"place-{first.pk}": "2", f"place-{third.pk}": "1"},
    )

    assert shown.status_code == 200
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert saved_titles(draft) == ["Three", "One"]
    assert not NewsletterPage.objects.get(pk=draft.pk).live
    assert second.title in shown.content.decode()


def test_the_picture_of_a_page_is_copied_into_the_issue(draft: Any, articles: Any) -> None:
    image = ImageFactory()
    page = NewsPageFactory(parent=articles, listing_image=image)

    added = add_features(issue=draft, pages=[page])

    stored = added.body.raw_data[0]["value"]["image"]
    assert stored == {
        "image": image.pk,
        "decorative": False,
        "alt_text": "Learners at a workbench",
    }


def test_what_is_in_the_issue_is_not_added_twice(
    editor: Client, archive: Any, articles: Any
) -> None:
    page = NewsPageFactory(parent=articles, title="One")
    draft = NewsletterPageFactory(parent=archive, body=[feature(page)], draft=True)

    editor.post(path_of(draft), {"page": [page.pk]})

    assert saved_titles(draft) == ["One"]
    assert "is in the issue already" in editor.get(path_of(draft)).content.decode()


@pytest.mark.parametrize("ticked", [[], ["0"], ["x"], ["99999999999999999999"]])
def test_ticking_nothing_that_is_offered_changes_nothing(
    editor: Client, draft: Any, ticked: list[str]
) -> None:
    before = draft.latest_revision_id

    answer = editor.post(path_of(draft), {"page": ticked})

    assert answer.status_code == 302
    assert NewsletterPage.objects.get(pk=draft.pk).latest_revision_id == before


def test_whoever_may_not_edit_the_issue_may_not_fill_it(draft: Any) -> None:
    client = someone()

    assert client.get(path_of(draft)).status_code in {302, 403}
    assert client.post(path_of(draft), {"page": ["1"]}).status_code in {302, 403}


def test_offers_cost_the_same_queries_whatever_their_number(draft: Any, articles: Any) -> None:
    costs = []
    offers_for(draft)  # Wagtail knows the types of pages
    for number in (1, 4):
        for _each in range(number):
            NewsPageFactory(parent=articles)
        with CaptureQueriesContext(connection) as captured:
            assert len(offers_for(draft).items) in {1, 5}
        costs.append(len(captured))

    assert costs[0] == costs[1]
