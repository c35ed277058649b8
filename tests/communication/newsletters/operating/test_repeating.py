"""Nobody gets an issue twice by another list or another day, unless somebody means it."""

from typing import Any

import pytest
from django.test import Client

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchState, SubscriptionState
from communication.newsletters.models import Delivery, Dispatch, Subscription
from communication.newsletters.services.dispatching.pausing import cancel, pause, resume
from communication.newsletters.services.dispatching.scheduling import start
from communication.newsletters.transports.memory import outbox
from tests.dispatches import Days, prepared, scheduled_dispatch
from tests.newsletters import MailingListFactory, subscribed

from .places import NOW, done, shown


@pytest.fixture
def visits(news: Any) -> Any:
    """Another list, which one of its two readers shares with the news."""
    visits = MailingListFactory(slug="visits")
    both = subscribed("both@school.example", news)
    state = SubscriptionState.CONFIRMED
    Subscription.objects.create(mailing_list=visits, subscriber=both.subscriber, state=state)
    subscribed("visitor@school.example", visits)
    return visits


def latest() -> Dispatch:
    return Dispatch.objects.latest("pk")


def send_to(sender: Client, issue: Any, *lists: Any, **form: Any) -> list[str]:
    """Sends an issue from its page; returns who gets it."""
    before = len(outbox)
    done(sender, "send", issue, lists=[each.pk for each in lists], **NOW, **form)
    dispatch = latest()
    assert dispatch.scheduled_for is not None
    Days(dispatch.scheduled_for).run_until_done(dispatch)
    return sorted(mail.recipient.partition("@")[0] for mail in outbox[before:])


def test_readers_of_two_lists_get_an_issue_once(
    sender: Client, issue: Any, news: Any, visits: Any
) -> None:
    assert send_to(sender, issue, news) == ["both"]
    assert "1 reader has got it" in shown(sender, "send", issue)

    done(sender, "send", issue, lists=[visits.pk], **NOW)

    assert "to 1 reader" in shown(sender, "inspect", latest())
    dispatch = latest()
    assert dispatch.scheduled_for is not None
    Days(dispatch.scheduled_for).run_until_done(dispatch)
    assert [mail.recipient for mail in outbox] == ["both@school.example", "visitor@school.example"]


def test_whoever_is_to_get_it_again_does(
    sender: Client, issue: Any, news: Any, visits: Any
) -> None:
    send_to(sender, issue, news)

    assert send_to(sender, issue, visits, again="on") == ["both", "visitor"]


@pytest.mark.parametrize(
    ("state", "gets_it"),
    [(OutgoingState.UNCERTAIN, False), (OutgoingState.FAILED, True), (OutgoingState.SKIPPED, True)],
)
def test_only_a_mail_that_was_taken_or_may_have_been_leaves_somebody_out(
    sender: Client, issue: Any, news: Any, visits: Any, state: str, *, gets_it: bool
) -> None:
    send_to(sender, issue, news)
    Delivery.objects.update(state=state)

    assert ("both" in send_to(sender, issue, visits)) == gets_it


def test_after_a_cancelled_sending_a_new_one_reaches_exactly_the_rest(
    sender: Client, issue: Any, news: Any
) -> None:
    dispatch = scheduled_dispatch(news, readers=3, per_minute=1)
    days = Days()
    days.step()
    cancel(dispatch=dispatch, now=days.now)
    assert [mail.recipient for mail in outbox] == ["r0@school.example"]

    assert send_to(sender, issue, news) == ["r1", "r2"]


def test_whoever_waits_in_another_sending_gets_it_by_that_one_alone(news: Any, visits: Any) -> None:
    first, days = scheduled_dispatch(news), Days()
    start(dispatch=first, now=days.now)
    pause(dispatch=first)
    second = scheduled_dispatch(visits)

    days.run_until_done(second)
    resume(dispatch=first, now=days.now)
    days.run_until_done(first)

    assert sorted(mail.recipient for mail in outbox) == [
        "both@school.example",
        "visitor@school.example",
    ]


def test_a_sending_of_another_version_is_one_of_the_same_issue(
    issue: Any, news: Any, visits: Any
) -> None:
    italian = Dispatch.objects.create(page=issue.get_translations()[0])
    italian.mailing_lists.add(news)
    prepared(italian)
    Dispatch.objects.filter(pk=italian.pk).update(
        state=DispatchState.SCHEDULED, scheduled_for=Days().now
    )
    Days().run_until_done(italian)
    assert len(outbox) == 1

    Days().run_until_done(scheduled_dispatch(visits))

    assert [mail.recipient for mail in outbox[1:]] == ["visitor@school.example"]


def test_a_reader_whose_row_was_forgotten_has_it_still(
    sender: Client, issue: Any, news: Any, visits: Any
) -> None:
    send_to(sender, issue, news)
    Delivery.objects.update(address="", message_id="", subscriber=None, subscription=None)

    assert send_to(sender, issue, visits) == ["visitor"]
