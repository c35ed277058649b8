"""An issue goes to those who want it, once, in their language, when it should."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import (
    ConsentSource,
    DispatchState,
    PauseReason,
    SkipReason,
    SubscriptionState,
)
from communication.newsletters.models import Delivery, Subscription
from communication.newsletters.services.dispatching.correcting import draft_correction
from communication.newsletters.services.dispatching.expecting import expected_end
from communication.newsletters.services.dispatching.moving import DispatchStateError
from communication.newsletters.services.dispatching.pausing import cancel, pause, resume
from communication.newsletters.services.dispatching.preparing import (
    correct_rest,
    request_preparation,
)
from communication.newsletters.services.dispatching.scheduling import (
    UNDO_WINDOW,
    local_moment,
    schedule,
    undo_schedule,
)
from communication.newsletters.services.dispatching.selecting import select_recipients
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.unsubscribing import unsubscribe
from communication.newsletters.transports.memory import outbox
from tests import dispatches
from tests.dispatches import (
    NOON,
    Days,
    an_issue,
    prepared,
    ready_dispatch,
    scheduled_dispatch,
    send,
    states_of,
)
from tests.newsletters import MailingListFactory, subscribed, suppressed

MINUTE = timedelta(minutes=1)


def read(content: bytes) -> Any:
    return message_from_bytes(content, policy=SMTP)


def received() -> dict[str, str]:
    """Returns the subject that each got."""
    return {mail.recipient.partition("@")[0]: read(mail.content)["Subject"] for mail in outbox}


def test_an_issue_goes_once_to_each_who_wants_it(news: Any) -> None:
    other = MailingListFactory()
    both = subscribed("both@school.example", news)
    subscribed("ana@school.example", news)
    subscribed("pending@school.example", news, pending=True)
    subscribed("ended@school.example", news, ended=True)
    subscribed("elsewhere@school.example", other)
    subscribed("suppressed@school.example", news)
    suppressed("suppressed@school.example")
    dispatch = ready_dispatch(news)
    dispatch.mailing_lists.add(other)
    Subscription.objects.create(
        mailing_list=other, subscriber=both.subscriber, state=SubscriptionState.CONFIRMED
    )
    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)

    send(dispatch)

    assert sorted(received()) == ["ana", "both", "elsewhere"]
    assert dispatch.state == DispatchState.SENT
    assert select_recipients(dispatch=dispatch, now=NOON) == 0, "Nobody is selected again."


@pytest.mark.parametrize(
    ("languages", "reader", "gets"),
    [
        (["en", "hr"], "cnr", "hr"),
        (["en", "hr"], "bs", "hr"),
        (["en", "es"], "ca", "es"),
        (["en", "hr"], "sq", "en"),
        (["en", "it"], "it", "it"),
        (["it"], "sq", "it"),
    ],
)
def test_each_gets_the_language_nearest_to_theirs(
    news: Any, languages: list[str], reader: str, gets: str
) -> None:
    dispatches.written[:] = languages
    subscribed("ana@school.example", news, subscriber__locale=reader)

    send(scheduled_dispatch(news))

    assert received() == {"ana": dispatches.SUBJECTS[gets]}
    assert read(outbox[0].content)["Content-Language"] == gets


def test_what_is_sent_is_frozen_when_it_is_prepared(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=1)
    page = an_issue()
    page.title = "Written later"
    page.save()

    send(dispatch)

    assert "Written later" not in outbox[0].content.decode()


def test_it_begins_at_its_time_and_can_be_undone_until_then(news: Any) -> None:
    dispatch = ready_dispatch(news, readers=1)
    schedule(dispatch=dispatch, now=NOON, at=NOON + timedelta(hours=1), time_zone="Europe/Rome")
    days = Days(NOON)

    days.step()
    assert (outbox, days.now) == ([], NOON + timedelta(hours=1)), "It waits for the moment."
    undo_schedule(dispatch=dispatch)
    days.step()
    assert outbox == []

    schedule(dispatch=dispatch, now=days.now)
    assert dispatch.scheduled_for == days.now + UNDO_WINDOW, "There is always time to undo."
    days.run_until_done(dispatch)
    with pytest.raises(DispatchStateError):
        undo_schedule(dispatch=dispatch)


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2026-07-01T09:00", "2026-07-01T07:00:00+00:00"),
        ("2026-12-01T09:00", "2026-12-01T08:00:00+00:00"),
    ],
)
def test_a_time_is_meant_in_a_time_zone(local: str, moment: str) -> None:
    assert local_moment(datetime.fromisoformat(local), "Europe/Rome").isoformat() == moment
    with pytest.raises(ValueError, match="Atlantis"):
        local_moment(datetime.fromisoformat(local), "Europe/Atlantis")


def test_a_schedule_that_nobody_drained_in_time_waits_for_somebody(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=1)
    days = Days(NOON + timedelta(hours=3))

    days.run_until_done(dispatch)

    assert (dispatch.state, dispatch.paused_reason) == (
        DispatchState.PAUSED,
        PauseReason.TOO_LATE,
    )
    assert outbox == []
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert len(outbox) == 1


def test_pausing_and_cancelling_act_on_those_who_wait(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=3, per_minute=1)
    days = Days()
    days.step()
    assert len(outbox) == 1

    pause(dispatch=dispatch)
    days.step()
    assert len(outbox) == 1
    resume(dispatch=dispatch, now=days.now)
    days.now += MINUTE
    days.step()
    assert len(outbox) == 2
    assert cancel(dispatch=dispatch, now=days.now) == 1

    assert sorted(states_of(dispatch).values()) == ["accepted", "accepted", "skipped"]
    skipped = dispatch.deliveries.get(state=OutgoingState.SKIPPED)
    assert skipped.skip_reason == SkipReason.CANCELLED
    with pytest.raises(DispatchStateError):
        resume(dispatch=dispatch, now=days.now)


def test_the_rest_gets_what_was_corrected_and_the_others_a_correction(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=3, per_minute=1)
    days = Days()
    days.step()
    pause(dispatch=dispatch)
    page = an_issue()
    page.title = "Corrected"
    page.save()
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    [first] = outbox
    subscribed("later@school.example", news)
    pause(dispatch=dispatch)

    correction = draft_correction(of=dispatch, page=page)
    schedule(dispatch=prepared(correction), now=days.now - UNDO_WINDOW)
    days.run_until_done(correction)

    assert [mail.recipient for mail in outbox] == [first.recipient, first.recipient]
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert ["Corrected" in mail.content.decode() for mail in outbox] == [False, True, True, True]
    assert len({mail.message_id for mail in outbox}) == 4


def test_no_correction_goes_out_while_the_mistake_does(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=2, per_minute=1)
    Days().step()
    dispatch.refresh_from_db()

    with pytest.raises(DispatchStateError):
        draft_correction(of=dispatch, page=an_issue())
    with pytest.raises(DispatchStateError):
        correct_rest(dispatch=dispatch, now=NOON)
    with pytest.raises(DispatchStateError):
        request_preparation(dispatch=dispatch)


def test_whoever_is_erased_leaves_a_number_behind_and_no_address(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=2, per_minute=1)
    days = Days()
    days.step()

    erase(address="r0@school.example", source=ConsentSource.LINK)
    erase(address="r1@school.example", source=ConsentSource.LINK)
    days.run_until_done(dispatch)

    assert Delivery.objects.filter(address="").count() == 2
    assert sorted(dispatch.deliveries.values_list("state", "skip_reason")) == [
        ("accepted", ""),
        ("skipped", SkipReason.ERASED),
    ]


def test_whoever_unsubscribes_is_left_out(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=2, per_minute=1)
    days = Days()
    days.step()
    waiting = dispatch.deliveries.get(state=OutgoingState.QUEUED)

    theirs = [waiting.subscription]
    unsubscribe(subscriptions=theirs, source=ConsentSource.ONE_CLICK, now=timezone.now())
    days.run_until_done(dispatch)

    waiting.refresh_from_db()
    assert waiting.skip_reason == SkipReason.UNSUBSCRIBED
    assert len(outbox) == 1


def test_an_issue_in_no_language_is_not_prepared(news: Any) -> None:
    dispatch = ready_dispatch(news, readers=1)
    dispatches.written.clear()
    request_preparation(dispatch=dispatch)

    result = Days().step()

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.FAILED
    assert "NothingToSendError" in dispatch.paused_words
    assert result.failed == 1


def test_selecting_costs_the_same_for_few_and_for_many(
    news: Any, django_assert_num_queries: Any
) -> None:
    for readers in (1, 15):
        dispatch = ready_dispatch(news, readers=0)
        for number in range(readers):
            subscribed(f"q{readers}-{number}@school.example", news)
        with django_assert_num_queries(5):
            select_recipients(dispatch=dispatch, now=NOON)


def test_the_end_can_be_told_only_while_it_is_known(news: Any) -> None:
    dispatch = ready_dispatch(news, readers=3, per_minute=1)
    assert expected_end(dispatch=dispatch, now=NOON) is None

    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)

    end = expected_end(dispatch=dispatch, now=NOON)
    assert end is not None
    assert NOON + 2 * MINUTE <= end < NOON + 2 * MINUTE + timedelta(seconds=1)
