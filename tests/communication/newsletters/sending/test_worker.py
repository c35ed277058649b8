"""The worker's side: what a job says, what a copy of the site sends, and who is told of a pause."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.db import connection

from communication.delivery.protocol import load_jobs
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker
from communication.newsletters.enums import DispatchState, PauseReason
from communication.newsletters.jobs import DispatchNotices, DispatchSending
from communication.newsletters.services.dispatching.pausing import pause, pause_for_trouble
from communication.newsletters.services.dispatching.preparing import request_preparation
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from communication.newsletters.transports.memory import outbox
from tests.dispatches import NOON, Days, ready_dispatch, scheduled_dispatch, send
from tests.mail_sink import MailSink


def in_trouble(news: Any, **fields: Any) -> Any:
    dispatch = scheduled_dispatch(news, readers=2, per_minute=1, **fields)
    Days().step()
    pause_for_trouble(dispatch=dispatch, reason=PauseReason.REFUSED, words="535 5.7.8", now=NOON)
    return dispatch


def test_the_project_lets_its_worker_send() -> None:
    jobs = load_jobs(site_settings.V2V_WORKER_JOBS)

    assert {DispatchSending, DispatchNotices} <= {type(job) for job in jobs}


def test_a_restored_copy_of_the_site_sends_nothing(news: Any, settings: Any) -> None:
    scheduled_dispatch(news, readers=2)
    settings.V2V_INSTALLATION_ID = "a copy for a trial"
    worker = Worker(load_jobs(site_settings.V2V_WORKER_JOBS), StopRequest())

    worker.drain()

    assert outbox == []
    held_back = {each.job.name: "adopt_installation" in each.last_error for each in worker.progress}
    assert {name for name, is_held in held_back.items() if is_held} >= {
        "newsletters",
        "notices about newsletters",
        "answers to sign-ups",
    }
    worker.stop.close()


def test_a_step_with_nothing_to_do_asks_few_questions(
    news: Any, django_assert_max_num_queries: Any
) -> None:
    send(scheduled_dispatch(news, readers=3))
    with django_assert_max_num_queries(9):
        result = DispatchSending().run_due(NOON)

    assert (result.done, result.next_due_at) == (0, None)


@pytest.mark.parametrize("readers", [1, 15])
def test_mails_of_a_batch_cost_one_update_each(
    news: Any, django_assert_num_queries: Any, readers: int
) -> None:
    dispatch = ready_dispatch(news, readers=readers)
    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)
    job = DispatchSending()
    job.run_due(NOON - timedelta(minutes=1))

    with django_assert_num_queries(FOR_A_BATCH + UPDATES * readers):
        job.run_due(NOON)

    assert len(outbox) == readers


UPDATES = 0 if connection.vendor == "postgresql" else 1
"""That Django sees: on PostgreSQL they have a cursor of their own."""

FOR_A_BATCH = 41 if connection.vendor == "postgresql" else 40
"""Looking at it once more, starting, claiming, loading and ending, however many readers there are,
and the last's end."""


def test_whoever_made_a_dispatch_is_told_that_it_was_paused(
    news: Any, django_user_model: Any
) -> None:
    maker = django_user_model.objects.create_user("ana", email="ana@office.example")
    in_trouble(news, created_by=maker)

    assert DispatchNotices().run_due(NOON).done == 1
    assert DispatchNotices().run_due(NOON).done == 0, "Once."

    [message] = mail.outbox
    assert message.to == ["ana@office.example"]
    assert "535 5.7.8" in message.body
    assert "@school.example" not in message.body


def test_without_a_maker_the_managers_are_told(news: Any, settings: Any) -> None:
    settings.MANAGERS = [("Office", "office@v2v.example")]
    in_trouble(news)

    DispatchNotices().run_due(NOON)

    assert mail.outbox[0].to == ["office@v2v.example"]


def test_a_notice_that_cannot_be_sent_waits(news: Any, sink: MailSink, settings: Any) -> None:
    settings.MANAGERS = [("Office", "office@v2v.example")]
    dispatch = in_trouble(news)
    sink.close()

    result = DispatchNotices().run_due(NOON)

    dispatch.refresh_from_db()
    assert result.failed == 1
    assert dispatch.notice_due_at == NOON + timedelta(minutes=1)


def test_nobody_is_told_of_what_somebody_did(news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=2, per_minute=1)
    Days().step()
    pause(dispatch=dispatch)

    assert DispatchNotices().run_due(NOON).done == 0


def test_a_fault_of_ours_pauses_one_dispatch_and_no_other(news: Any, settings: Any) -> None:
    broken, sound = (scheduled_dispatch(news, is_repeated=True) for _dispatch in range(2))
    scheduled = scheduled_dispatch(news, readers=1, is_repeated=True)
    broken.variants.update(compiled=b"")
    settings.V2V_MAIL_TRANSPORT = "no.such.Transport"
    days = Days()
    days.run_until_done(scheduled)

    assert (scheduled.state, scheduled.paused_reason) == (DispatchState.PAUSED, PauseReason.ERROR)
    sound.refresh_from_db()
    assert sound.paused_words in {"", "ImproperlyConfigured"}


def test_one_job_prepares_what_an_editor_asked_for(news: Any) -> None:
    dispatch = ready_dispatch(news)
    request_preparation(dispatch=dispatch)

    DispatchSending().run_due(NOON)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.prepared_at) == (DispatchState.READY, NOON)


def test_the_line_stays_open_from_step_to_step_and_closes_when_idle(
    news: Any, sink: MailSink
) -> None:
    dispatch = scheduled_dispatch(news, readers=4, per_minute=60)
    days = send(dispatch)
    assert (sink.connections, days.steps) == (1, 4)

    other = scheduled_dispatch(news, is_repeated=True)
    days.now += timedelta(minutes=5)
    days.step()
    days.run_until_done(other)
    assert sink.connections == 2
