"""Quotas, greylisting and servers that hang up are normal life for a small team, not failures."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from communication.newsletters.enums import DispatchState, PauseReason
from communication.newsletters.jobs import DispatchNotices
from communication.newsletters.models import Dispatch
from communication.newsletters.office.dispatches.trials import send_trials
from communication.newsletters.services.dispatching.expecting import expected_end
from communication.newsletters.wire.mails import Mail, NotAcceptedError, Stage
from communication.newsletters.wire.pace import Limits, Pace
from tests.dispatches import NOON, Days, an_issue, scheduled_dispatch
from tests.mail_sink import MailSink, nothing_else
from tests.newsletters import run_answers, send_form

from .wire import balance

unhurried = property_settings(deadline=None)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class SmallProvider:
    """A transport with the rules of a cheap provider, by the clock of the test."""

    days: Days
    per_minute, per_day, per_connection = 30, 500, 100
    taken: deque[datetime] = deque()
    got: Counter[str] = Counter()
    tries: Counter[str] = Counter()
    broken_rules: list[str] = []
    connections = 0

    @contextmanager
    def open(self) -> Iterator["SmallProvider"]:
        SmallProvider.connections += 1
        self.carried = 0
        yield self

    def deliver(self, mail: Mail) -> None:
        now = self.days.now
        if self.carried == self.per_connection:
            raise NotAcceptedError("421", is_permanent=False, stage=Stage.SENDER, is_lost=True)
        self.tries[mail.recipient] += 1
        if self.is_put_off(mail.recipient, now):
            raise NotAcceptedError("450", is_permanent=False, enhanced_code="4.7.1")
        for name, limit, period in (
            ("minute", self.per_minute, MINUTE),
            ("day", self.per_day, DAY),
        ):
            lately = sum(moment > now - period for moment in self.taken)
            if lately >= limit:
                self.broken_rules.append(f"{name}: {now}")
        self.carried += 1
        self.taken.append(now)
        self.got[mail.recipient] += 1

    def is_put_off(self, recipient: str, now: datetime) -> bool:
        """One reader in ten sits behind a server that is down for the first six hours."""
        number = int(recipient.partition("@")[0].removeprefix("r"))
        return number % 10 == 0 and now < NOON + 6 * HOUR

    def forget(self, address: str) -> int:
        return 0


@pytest.mark.parametrize(
    ("readers", "per_day", "per_connection"),
    [
        pytest.param(75, 25, 5, id="few"),
        pytest.param(1_500, 500, 100, id="many", marks=pytest.mark.slow),
    ],
)
def test_a_small_quota_is_used_up_and_kept_to_until_all_have_it(
    news: Any, settings: Any, readers: int, per_day: int, per_connection: int
) -> None:
    provider, days = SmallProvider, Days()
    provider.days, provider.per_day, provider.per_connection = days, per_day, per_connection
    provider.taken, provider.broken_rules, provider.connections = deque(), [], 0
    provider.got, provider.tries = Counter(), Counter()
    settings.V2V_MAIL_TRANSPORT = f"{__name__}.SmallProvider"
    settings.V2V_MAIL_LIMITS = {"per_minute": 30, "per_day": per_day}
    dispatch = scheduled_dispatch(news, readers=readers)
    foreseen = expected_end(dispatch=dispatch, now=NOON)

    days.run_until_done(dispatch, most_steps=readers * 3)

    assert (dispatch.state, balance(dispatch)) == (DispatchState.SENT, {"accepted": readers})
    assert provider.broken_rules == []
    assert set(provider.got.values()) == {1}
    assert dispatch.resumed_at == dispatch.started_at, "No breaker has stopped it."
    assert provider.connections >= readers / per_connection
    ended_at = provider.taken[-1]
    assert ended_at < NOON + 3 * DAY
    assert foreseen is not None
    assert abs(ended_at - foreseen) < HOUR, "The end that was shown was true."


def test_the_end_that_is_shown_follows_what_happens(news: Any, settings: Any) -> None:
    settings.V2V_MAIL_LIMITS = {"per_minute": 60, "per_hour": 10}
    dispatch = scheduled_dispatch(news, readers=35)
    days, shown = Days(), []
    while days.steps < 200:
        dispatch.refresh_from_db()
        if dispatch.state == DispatchState.SENT:
            break
        shown.append(expected_end(dispatch=dispatch, now=days.now))
        days.step()

    last = dispatch.deliveries.latest("finished_at").finished_at
    assert all(end is not None and abs(end - last) < 2 * MINUTE for end in shown[:-1])
    assert NOON + 3 * HOUR < last < NOON + 3 * HOUR + 5 * MINUTE


@unhurried
@given(
    st.integers(1, 40),
    st.integers(1, 60),
    st.integers(1, 90),
    st.lists(st.integers(0, 4000), min_size=5, max_size=60),
)
def test_no_minute_hour_or_day_ever_has_more_than_it_may(
    minute: int, hour: int, day: int, waits: list[int]
) -> None:
    limits, pace, now = Limits(minute, hour, day), Pace(None, {}), NOON
    gone: list[datetime] = []
    for seconds in waits:
        now += timedelta(seconds=seconds)
        for _again in range(20):
            gone += [now] * pace.take(5, limits, now)
            now = min(pace.free_at(limits, now), now + HOUR)
        pace = pace.copy()

    for limit, period in ((minute, MINUTE), (hour, HOUR), (day, DAY)):
        for moment in gone:
            assert sum(moment - period < other <= moment for other in gone) <= limit


@unhurried
@given(st.integers(1, 40), st.integers(1, 60))
def test_as_soon_as_a_mail_may_go_it_may_go(minute: int, hour: int) -> None:
    limits, pace, now = Limits(minute, hour), Pace(None, {}), NOON
    for _mail in range(100):
        now = pace.free_at(limits, now)
        assert pace.take(1, limits, now) == 1


def test_without_limits_a_turn_costs_nothing(news: Any, django_assert_num_queries: Any) -> None:
    limits = Limits()

    assert limits.are_none
    assert Pace(None, {}).take(100, limits, NOON) == 100


def answer_a_sign_up(client: Client, name: str) -> None:
    send_form(client, f"{name}@school.example")
    assert len(run_answers()) == 1


def send_a_test(client: Client, name: str) -> None:
    addresses = [f"{name}@v2v.example"]
    [trial] = send_trials(issue=an_issue(), languages=["en"], addresses=addresses, now=NOON)
    assert trial.is_accepted


def tell_of_a_pause(client: Client, name: str) -> None:
    state, reason = DispatchState.PAUSED, PauseReason.FAILURES
    Dispatch.objects.create(state=state, paused_reason=reason, notice_due_at=NOON)
    assert DispatchNotices().run_due(NOON).done == 1


@pytest.mark.parametrize("deed", [answer_a_sign_up, send_a_test, tell_of_a_pause])
def test_letters_go_at_once_and_count_so_that_newsletters_wait(
    news: Any, settings: Any, client: Client, deed: Any
) -> None:
    settings.MANAGERS = [("Office", "office@v2v.example")]
    settings.V2V_MAIL_LIMITS = {"per_hour": 10}
    dispatch = scheduled_dispatch(news, readers=10)
    with time_machine.travel(NOON, tick=False):
        deed(client, "first")
    days = Days()

    days.step()

    assert balance(dispatch) == {"accepted": 9, "queued": 1}
    assert days.now - NOON >= HOUR
    with time_machine.travel(NOON, tick=False):
        deed(client, "second")  # though nothing may go
    days.run_until_done(dispatch)
    assert balance(dispatch) == {"accepted": 10}


def test_a_letter_moves_the_minute_on(news: Any, settings: Any, client: Client) -> None:
    settings.V2V_MAIL_LIMITS = {"per_minute": 2}
    dispatch = scheduled_dispatch(news, readers=1)
    send_a_test(client, "office")
    days = Days()

    days.step()

    assert balance(dispatch) == {"queued": 1}
    assert timedelta(seconds=30) <= days.now - NOON < timedelta(seconds=31)


@pytest.mark.parametrize("at", ["CONNECT", "MAIL", "RCPT", "DATA", "DOT"])
def test_a_limit_that_the_server_knows_lets_all_wait_and_nobody_fail(
    news: Any, sink: MailSink, at: str
) -> None:
    """For days, if need be: it is asked once an hour."""
    dispatch = scheduled_dispatch(news, readers=3)
    said: list[datetime] = []

    def decide(stage: str, letter: Any) -> str | None:
        if stage != at:
            return None
        said.append(days.now)
        return "550 5.4.5 Daily user sending limit exceeded"

    sink.answers = decide
    days = Days()
    for _step in range(100):
        days.step()

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SENDING
    assert set(balance(dispatch)) <= {"queued", "retry"}
    assert len(set(said)) == len(said) == 100
    assert days.now - NOON >= 4 * DAY
    sink.answers = nothing_else
    days.run_until_done(dispatch)
    assert (dispatch.state, balance(dispatch)) == (DispatchState.SENT, {"accepted": 3})
