"""The next mail is announced before the last is answered, and withdrawn if it is not to go."""

from datetime import timedelta
from typing import Any

import pytest

from communication.newsletters.enums import ConsentSource, DispatchState
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.services.dispatching.correcting import accepted_by_text
from communication.newsletters.services.dispatching.pausing import pause, resume
from communication.newsletters.services.dispatching.preparing import correct_rest
from communication.newsletters.services.unsubscribing import unsubscribe
from tests.dispatches import NOON, Days, an_issue, scheduled_dispatch, send, states_of
from tests.mail_sink import Letter, MailSink
from tests.workers import wait_for

from .wire import Overheard


@pytest.fixture(autouse=True)
def overheard(settings: Any, sink: MailSink) -> None:
    settings.V2V_MAIL_TRANSPORT = f"{Overheard.__module__}.Overheard"


def when_the_first_is_on_its_way(deed: Any) -> Any:
    heard: list[None] = []

    def happen() -> None:
        heard.append(None)
        if len(heard) == 1:
            deed()

    return happen


def unsubscribe_the_second() -> None:
    subscription = Delivery.objects.get(address="r1@school.example").subscription
    assert subscription is not None
    unsubscribe(subscriptions=[subscription], source=ConsentSource.LINK, now=NOON)


def test_who_unsubscribes_after_being_announced_gets_nothing_and_the_others_theirs(
    news: Any, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = scheduled_dispatch(news, readers=4)
    deed = when_the_first_is_on_its_way(unsubscribe_the_second)
    monkeypatch.setattr(Overheard, "happens", staticmethod(deed))

    send(dispatch)

    others = [f"r{number}@school.example" for number in (0, 2, 3)]
    assert list(sink.taken.elements()) == others, "Each in its turn."
    assert all(b"News in November" in content for content in sink.contents)
    assert states_of(dispatch)["r1"] == "skipped"
    assert sink.connections == 2, "What was said can only be taken back by hanging up."
    assert sink.unfinished == [b""], "Whatever else is said would be content."


def test_a_pause_takes_back_what_was_announced(
    news: Any, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    deed = when_the_first_is_on_its_way(lambda: pause(dispatch=Dispatch.objects.get()))
    monkeypatch.setattr(Overheard, "happens", staticmethod(deed))

    days = Days()
    days.step()

    wait_for(lambda: sink.unfinished == [b""])
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.PAUSED
    assert sink.taken == {"r0@school.example": 1}
    assert states_of(dispatch) == {"r0": "accepted", "r1": "queued", "r2": "queued"}
    days.job.close()


def freeze_anew() -> None:
    """Does what a person does who mends an issue in the middle, faster than any person."""
    dispatch = Dispatch.objects.get()
    pause(dispatch=dispatch)
    page = an_issue()
    page.title = "Corrected"
    page.save()
    correct_rest(dispatch=dispatch, now=NOON + timedelta(minutes=1))
    resume(dispatch=dispatch, now=NOON + timedelta(minutes=1))


def test_a_text_that_is_frozen_anew_takes_back_what_was_announced(
    news: Any, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    monkeypatch.setattr(
        Overheard, "happens", staticmethod(when_the_first_is_on_its_way(freeze_anew))
    )

    send(dispatch)

    assert sink.taken == {f"r{number}@school.example": 1 for number in range(3)}
    assert [b"Corrected" in content for content in sink.contents] == [False, True, True]
    assert accepted_by_text(dispatch=dispatch) == (1, 2)


def test_a_refusal_that_is_our_fault_takes_back_what_was_announced(
    news: Any, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Overheard, "happens", staticmethod(lambda: None))
    sink.answers = lambda stage, _letter: "554 5.7.1 no" if stage == "DOT" else None
    dispatch = scheduled_dispatch(news, readers=2)
    days = Days()
    days.step()

    wait_for(lambda: sink.unfinished == [b""])
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.PAUSED
    assert sink.taken == {}
    days.job.close()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_what_is_said_to_an_announcement_is_about_that_mail(
    news: Any, sink: MailSink, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """An answer too many or too few would be taken for the next mail's."""
    monkeypatch.setattr(Overheard, "happens", staticmethod(lambda: None))

    refused: list[str] = []

    def refuse_the_second(at: str, letter: Letter) -> str | None:
        if at != stage or letter.number != 1 or refused:
            return None
        refused.append(at)
        return "452 4.3.1 full"

    sink.answers = refuse_the_second
    dispatch = scheduled_dispatch(news, readers=4)

    send(dispatch)

    assert sink.taken == {f"r{number}@school.example": 1 for number in range(4)}
    assert set(states_of(dispatch).values()) == {"accepted"}
    tries = Delivery.objects.order_by("address").values_list("attempts", flat=True)
    assert list(tries) == [1, 2, 1, 1]
