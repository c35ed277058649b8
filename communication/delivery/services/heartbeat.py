"""Signs of life of this process in the database."""

import logging
import os
import socket
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import Error, transaction
from django.utils import timezone

from ..models import BEAT_EVERY, WorkerHeartbeat
from .connections import replace_broken_connections

logger = logging.getLogger("communication.delivery")


class Heartbeat:
    """Writes this worker's row; what the database refuses is logged and never ends the worker."""

    def __init__(self) -> None:
        self.worker_id = uuid4()
        self.started_at = timezone.now()
        self.last_beat_at: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether operators would begin to miss a sign of life."""
        return self.last_beat_at is None or timezone.now() - self.last_beat_at >= BEAT_EVERY

    def beat(self, jobs: dict[str, Any]) -> None:
        """Says that the worker lives and what its jobs did, and forgets workers long dead."""
        replace_broken_connections()
        self.last_beat_at = timezone.now()
        try:
            with transaction.atomic():
                self._write(jobs, self.last_beat_at)
        except Error as error:
            logger.warning("No sign of life could be written: %s", error)

    def sign_off(self) -> None:
        """Takes the row away: this worker has ended as it should."""
        replace_broken_connections()
        try:
            WorkerHeartbeat.objects.filter(worker_id=self.worker_id).delete()
        except Error as error:
            logger.warning("The worker's sign of life could not be taken back: %s", error)

    def _write(self, jobs: dict[str, Any], now: datetime) -> None:
        WorkerHeartbeat.objects.forgotten(now).delete()
        row = {"beat_at": now, "jobs": jobs}
        if not WorkerHeartbeat.objects.filter(worker_id=self.worker_id).update(**row):
            WorkerHeartbeat.objects.create(
                worker_id=self.worker_id,
                host=socket.gethostname(),
                process_id=os.getpid(),
                started_at=self.started_at,
                **row,
            )
