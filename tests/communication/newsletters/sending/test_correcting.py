"""A correction goes to those who had the mistake, and the rest gets no text that is known wrong."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchState
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.services.dispatching.correcting import draft_correction
from communication.newsletters.services.dispatching.languages import (
    ChangeOfLanguage,
    changes_of_language,
)
from communication.newsletters.services.dispatching.moving import DispatchStateError
from communication.newsletters.services.dispatching.pausing import cancel, pause, resume
from communication.newsletters.services.dispatching.preparing import correct_rest
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from communication.newsletters.transports.memory import outbox
from tests import dispatches
from tests.dispatches import Days, an_issue, prepared, scheduled_dispatch
from tests.newsletters import subscribed

HOUR = timedelta(hours=1)


def begun(news: Any, readers: int = 3) -> tuple[Dispatch, Days]:
    """Returns a dispatch that is paused when one reader has got it."""
    dispatch = scheduled_dispatch(news, readers=readers, per_minute=1)
    days = Days()
    days.step()
    pause(dispatch=dispatch)
    return dispatch, days


def mend() -> Any:
    """Mends the issue."""
    page = an_issue()
    page.title = "Corrected"
    page.save()
    return page


def send_correction(correction: Dispatch, days: Days) -> list[str]:
    """Sends a correction at once; returns who gets it."""
    before = len(outbox)
    schedule(dispatch=prepared(correction, days.now), now=days.now - UNDO_WINDOW)
    days.run_until_done(correction)
    return [mail.recipient.partition("@")[0] for mail in outbox[before:]]


def languages() -> dict[str, str]:
    """Returns the language in which each reader got the issue."""
    letters = {mail.recipient.partition("@")[0]: mail.content for mail in outbox}
    return {
        name: message_from_bytes(content, policy=SMTP)["Content-Language"]
        for name, content in letters.items()
    }


def test_whoever_got_the_corrected_text_gets_no_correction(news: Any) -> None:
    dispatch, days = begun(news)
    page = mend()
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert len(outbox) == 3

    assert send_correction(draft_correction(of=dispatch, page=page), days) == ["r0"]


def test_whoever_gets_the_corrected_text_while_the_correction_waits_gets_none(news: Any) -> None:
    dispatch, days = begun(news)
    correction = draft_correction(of=dispatch, page=mend())
    schedule(dispatch=prepared(correction, days.now), now=days.now, at=days.now + HOUR)
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    days.run_until_done(correction)

    assert [mail.recipient for mail in outbox[3:]] == ["r0@school.example"]
    assert ["Corrected" in mail.content.decode() for mail in outbox] == [False, True, True, True]


def test_a_reader_who_was_put_off_counts_by_the_text_they_got_in_the_end(news: Any) -> None:
    dispatch, days = begun(news)
    late = dispatch.deliveries.get(address="r1@school.example")
    Delivery.objects.filter(pk=late.pk).update(
        state=OutgoingState.RETRY, attempts=1, first_attempt_at=days.now, frozen_at=days.now
    )
    page = mend()
    correct_rest(dispatch=dispatch, now=days.now + timedelta(seconds=1))
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    assert send_correction(draft_correction(of=dispatch, page=page), days) == ["r0"]


def test_where_the_corrected_text_was_wrong_as_well_the_correction_goes_to_all(news: Any) -> None:
    dispatch, days = begun(news)
    page = mend()
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    correction = draft_correction(of=dispatch, page=page, to_all=True)

    assert sorted(send_correction(correction, days)) == ["r0", "r1", "r2"]


def test_a_text_that_is_being_corrected_does_not_go_on(news: Any) -> None:
    dispatch, days = begun(news)
    correction = draft_correction(of=dispatch, page=mend())

    with pytest.raises(DispatchStateError, match="Correct the rest first"):
        resume(dispatch=dispatch, now=days.now)
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.PAUSED

    cancel(dispatch=correction, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert len(outbox) == 3


def test_a_correction_is_drafted_once(news: Any) -> None:
    dispatch, _days = begun(news)
    first, second = (draft_correction(of=dispatch, page=mend()) for _press in range(2))

    assert first == second


def written_in(news: Any, *codes: str) -> tuple[Dispatch, Days]:
    """Returns a dispatch that Ana has in English, and Ben and Cai wait for in Italian."""
    dispatches.written[:] = codes
    for name, locale in {"ana": "en", "ben": "it", "cai": "it"}.items():
        subscribed(f"{name}@school.example", news, subscriber__locale=locale)
    return begun(news, readers=0)


@pytest.mark.parametrize(
    ("before", "after"), [(("en", "it"), ("en",)), (("en",), ("en", "it"))], ids=["lost", "won"]
)
def test_the_rest_gets_the_languages_that_are_ready_now(
    news: Any, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    dispatch, days = written_in(news, *before)
    dispatches.written[:] = after
    mend()

    changes = changes_of_language(dispatch=dispatch, languages=after)
    assert changes == [ChangeOfLanguage(before[-1], after[-1], 2)]
    correct_rest(dispatch=dispatch, now=days.now)
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    assert languages() == {"ana": "en", "ben": after[-1], "cai": after[-1]}
    assert ["Corrected" in mail.content.decode() for mail in outbox] == [False, True, True]


def test_an_uncertain_mail_that_is_sent_again_is_not_the_wrong_text_of_a_lost_language(
    news: Any,
) -> None:
    dispatch, days = written_in(news, "en", "it")
    Delivery.objects.filter(address="ben@school.example").update(
        state=OutgoingState.UNCERTAIN, next_attempt_at=None, finished_at=days.now
    )
    dispatches.written[:] = ["en"]

    correct_rest(dispatch=dispatch, now=days.now)

    assert Delivery.objects.get(address="ben@school.example").variant.locale == "en"
    assert [variant.locale for variant in dispatch.variants.all()] == ["en"]
