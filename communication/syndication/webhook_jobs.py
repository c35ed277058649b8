"""The jobs that send webhooks; they need the extra ``webhooks``."""

import logging
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime, timedelta
from threading import Thread
from typing import Final

from django.utils import timezone

from communication.delivery.protocol import JobResult
from v2v_snippets.steps import OneThingAStep

from .enums import DisabledReason
from .models import WebhookDelivery, WebhookNotice
from .services.webhook_notices import put_off_notice, send_notice, take_notice
from .services.webhook_requests import send_message
from .services.webhook_sending import (
    LEASE,
    Outcome,
    begin_delivery,
    drop_delivery,
    note_outcome,
    reap_deliveries,
    take_deliveries,
)
from .services.webhook_writing import write_deliveries
from .webhook_messages import Message, site_roots, write_message
from .webhook_signing import SecretLostError

logger = logging.getLogger(__name__)

AT_ONCE: Final = 16
"""Requests that one worker has under way, each in a thread."""

LOOK_EVERY: Final = timedelta(milliseconds=400)
"""How long a change may lie unseen: webhooks are out within a second of the commit."""

A_MOMENT: Final = 0.05
"""Seconds for which a step waits for answers."""

GRACE: Final = 5
"""Seconds for which a worker that ends waits for answers; what comes later is sent again."""


class WebhookSending:
    """Writes deliveries for what has changed, and sends what is due, several at a time.

    The threads only speak HTTP: all that is read or written is in the thread of the worker.
    """

    name = "webhooks"
    sends = True

    def __init__(self) -> None:
        self._under_way: dict[Future[Outcome], WebhookDelivery] = {}
        self._reap_at: datetime | None = None

    def run_due(self, now: datetime) -> JobResult:
        """Takes each part of the work one step further; due again before a second is over."""
        read = write_deliveries(now=now)
        self._reap(now)
        self._send(now)
        done, failed, error = self._collect(A_MOMENT)
        next_due_at = now if read or done or failed else now + LOOK_EVERY
        return JobResult(done, failed, next_due_at, error, in_progress=len(self._under_way))

    def close(self) -> None:
        """Waits some seconds for answers; what has none by then is sent again after its lease."""
        wait(self._under_way, timeout=GRACE)
        self._collect(0)

    def _reap(self, now: datetime) -> None:
        if self._reap_at is None or self._reap_at <= now:
            reap_deliveries(now=now)
            self._reap_at = now + LEASE / 6

    def _send(self, now: datetime) -> None:
        endpoints = [delivery.endpoint for delivery in self._under_way.values()]
        free = AT_ONCE - len(endpoints)
        taken = take_deliveries(limit=free, under_way=endpoints, now=now) if free else []
        roots = site_roots() if taken else {}
        for delivery in taken:
            if not begin_delivery(delivery=delivery, now=timezone.now()):
                drop_delivery(delivery=delivery, now=now)
                continue
            try:
                message = write_message(delivery, roots)
            except SecretLostError:
                note_outcome(delivery=delivery, outcome=_without_secret(), now=now)
            else:
                self._under_way[_in_thread(message)] = delivery

    def _collect(self, seconds: float) -> tuple[int, int, str]:
        """Notes what has come back; returns how much arrived, how much did not, and an error."""
        arrived, failures = 0, []
        done, _waiting = wait(self._under_way, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in done:
            delivery, outcome = self._under_way[future], future.result()
            note_outcome(delivery=delivery, outcome=outcome, now=timezone.now())
            del self._under_way[future]
            if outcome.error:
                failures.append(f"{delivery.endpoint}: {outcome.error}")
            else:
                arrived += 1
        return arrived, len(failures), failures[-1] if failures else ""


class WebhookNotices(OneThingAStep[WebhookNotice]):
    """Writes to those whose webhook was switched off, one mail a step."""

    name = "notices about webhooks"
    sends = True

    def take(self, now: datetime) -> WebhookNotice | None:
        """Returns the notice that has waited longest."""
        return take_notice(now=now)

    def finish(self, thing: WebhookNotice, now: datetime) -> None:
        """Sends it."""
        send_notice(notice=thing, now=now)

    def put_off(self, thing: WebhookNotice, error: Exception, now: datetime) -> None:
        """Lets it be tried again later, or gives it up."""
        put_off_notice(notice=thing, error=error, now=now)


def _in_thread(message: Message) -> Future[Outcome]:
    """Sends a message in a thread that no ending process waits for."""
    future: Future[Outcome] = Future()

    def run() -> None:
        try:
            future.set_result(send_message(message))
        except Exception as error:  # a fault of ours: the event is tried again, and the log says it
            logger.exception("A webhook to %s could not be sent", message.url)
            future.set_result(Outcome(error=f"{type(error).__name__}: {error}"))

    Thread(target=run, daemon=True, name="webhook").start()
    return future


def _without_secret() -> Outcome:
    return Outcome(
        error="The site cannot sign any more: its key has changed. Give the webhook a new secret.",
        disables=DisabledReason.SECRET_LOST,
    )
