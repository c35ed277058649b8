"""What was withdrawn between planning and sending goes to nobody; all else does not hold it up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from communication.newsletters.enums import DispatchState, PauseReason
from communication.newsletters.models import Dispatch
from communication.newsletters.services.dispatching.pausing import resume
from communication.newsletters.services.dispatching.preparing import correct_rest
from communication.newsletters.services.dispatching.rechecking import pause_if_withdrawn
from communication.newsletters.services.dispatching.scheduling import schedule
from communication.newsletters.transports.memory import outbox
from tests.dispatches import Days, prepared
from tests.factories import ImageFactory, NewsPageFactory, PersonConsentFactory
from tests.issues import NewsletterPageFactory, feature
from tests.newsletters import subscribed
from tests.sites import translate
from tests.v2v_pages.services.translators import publish
from v2v_snippets.models import PersonConsent


@pytest.fixture
def article(articles: Any) -> Any:
    """An article that shows somebody who has agreed to it."""
    image = ImageFactory()
    picture = {"image": image, "alt_text": "At work", "decorative": False}
    body = [("image", {"image": picture, "caption": "", "consents": [PersonConsentFactory()]})]
    return NewsPageFactory(parent=articles, title="Visit", listing_image=image, body=body)


@pytest.fixture
def linked(articles: Any) -> Any:
    return NewsPageFactory(parent=articles, title="Linked")


@pytest.fixture
def issue(archive: Any, news: Any, article: Any, linked: Any) -> Any:
    """An issue in English and Italian that names an article and links to another."""
    translate(archive, "it")
    link = f'<p><a linktype="page" id="{linked.pk}">More</a></p>'
    body = [feature(article), ("text", link)]
    page = NewsletterPageFactory(parent=archive, mailing_list=news, body=body)
    page.save_revision().publish()
    translate(page, "it", lead="<p>Ciao.</p>")
    page.refresh_from_db()
    return page


@pytest.fixture
def dispatch(issue: Any, news: Any) -> Dispatch:
    """It is scheduled for two readers, one mail a day."""
    subscribed("ana@school.example", news)
    subscribed("ben@school.example", news, subscriber__locale="it")
    planned: Dispatch = Dispatch.objects.create(page_id=issue.pk, per_day=1)
    planned.mailing_lists.add(news)
    now = timezone.now()
    schedule(dispatch=prepared(planned, now), now=now)
    return planned


@pytest.fixture
def days(dispatch: Dispatch) -> Days:
    """A worker's life from the time on for which it is scheduled."""
    moment = dispatch.scheduled_for
    assert moment is not None
    return Days(moment)


Withdraw = Callable[[Any, Any, Any], Any]

WAYS: dict[str, tuple[Withdraw, str]] = {
    "a page is unpublished": (lambda _issue, article, _linked: article.unpublish(), "/visit/"),
    "a page is deleted": (lambda _issue, article, _linked: article.delete(), "/visit/"),
    "a page is restricted": (
        lambda _issue, article, _linked: PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.LOGIN
        ),
        "/visit/",
    ),
    "a link leads nowhere": (lambda _issue, _article, linked: linked.unpublish(), "/linked/"),
    "a consent has ended": (
        lambda _issue, _article, _linked: PersonConsent.objects.update(valid_until="2021-03-31"),
        "/media/",
    ),
    "the issue is unpublished": (lambda issue, _article, _linked: issue.unpublish(), "First issue"),
    "the issue is deleted": (lambda issue, _article, _linked: issue.delete(), "a deleted issue"),
    "a language is unpublished": (
        lambda issue, _article, _linked: issue.get_translations().get().unpublish(),
        "italiano",
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_what_was_withdrawn_before_the_time_came_goes_to_nobody(
    issue: Any, article: Any, linked: Any, dispatch: Dispatch, days: Days, way: tuple[Withdraw, str]
) -> None:
    withdraw, named = way
    withdraw(issue, article, linked)

    days.run_until_done(dispatch)

    assert (dispatch.state, dispatch.paused_reason) == (
        DispatchState.PAUSED,
        PauseReason.WITHDRAWN,
    )
    assert named in dispatch.paused_words
    assert dispatch.notice_due_at is not None
    assert outbox == []
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert dispatch.paused_reason == PauseReason.WITHDRAWN, "To let it go on does not help."
    assert outbox == []


def test_what_only_says_something_else_by_now_goes_as_it_was_frozen(
    issue: Any, article: Any, dispatch: Dispatch, days: Days
) -> None:
    publish(article, title="Another title")
    publish(issue, body=[], subject="Another subject")

    days.run_until_done(dispatch)

    assert (dispatch.state, len(outbox)) == (DispatchState.SENT, 2)
    assert b"Visit" in outbox[0].content


def test_a_page_that_has_moved_holds_nothing_up_while_its_old_address_leads_on(
    linked: Any, dispatch: Dispatch, days: Days, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(linked, slug="elsewhere")
    days.step()
    assert len(outbox) == 1

    linked.refresh_from_db()
    linked.unpublish()
    days.run_until_done(dispatch)

    assert (dispatch.paused_reason, len(outbox)) == (PauseReason.WITHDRAWN, 1)


def test_what_is_withdrawn_while_it_goes_is_not_sent_on_the_next_day(
    article: Any, dispatch: Dispatch, days: Days
) -> None:
    days.step()
    article.unpublish()

    days.run_until_done(dispatch)

    assert (dispatch.paused_reason, len(outbox)) == (PauseReason.WITHDRAWN, 1)


def test_a_page_that_is_published_again_may_go_out(
    article: Any, dispatch: Dispatch, days: Days
) -> None:
    article.unpublish()
    days.run_until_done(dispatch)

    article.save_revision().publish()
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    assert (dispatch.state, len(outbox)) == (DispatchState.SENT, 2)


def test_an_issue_without_what_was_withdrawn_may_go_out(
    issue: Any, article: Any, dispatch: Dispatch, days: Days
) -> None:
    article.unpublish()
    days.run_until_done(dispatch)

    for version in issue.get_translations(inclusive=True).specific():
        publish(version, body=[])
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    assert (dispatch.state, len(outbox)) == (DispatchState.SENT, 2)
    assert not any(b"/visit/" in mail.content for mail in outbox)


def test_to_look_again_costs_nothing_between(
    dispatch: Dispatch, days: Days, django_assert_num_queries: Any
) -> None:
    assert not pause_if_withdrawn(dispatch=dispatch, now=days.now)

    with django_assert_num_queries(0):
        assert not pause_if_withdrawn(dispatch=dispatch, now=days.now + timedelta(hours=23))
