"""Who is draining: one row a worker, so that operators see whether somebody is at work."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .outgoing import Rows

BEAT_EVERY: Final = timedelta(seconds=15)
SILENT_AFTER: Final = timedelta(seconds=60)
FORGOTTEN_AFTER: Final = timedelta(hours=1)


class WorkerHeartbeatQuerySet(Rows):
    """Tells the living from the dead."""

    def alive(self, now: datetime) -> Self:
        """Keeps the workers that have been heard of lately."""
        return self.filter(beat_at__gte=now - SILENT_AFTER)

    def forgotten(self, now: datetime) -> Self:
        """Keeps the workers that are so long silent that nobody asks for them any more."""
        return self.filter(beat_at__lt=now - FORGOTTEN_AFTER)


class WorkerHeartbeat(models.Model):
    """A sign of life of one worker process, with what each of its jobs did last.

    A worker that ends as it should takes its row with it. One that was killed leaves it behind: it
    is shown as silent for an hour, then another worker removes it.
    """

    worker_id = models.UUIDField(_("worker"), unique=True, editable=False)
    host = models.CharField(_("machine"), max_length=255)
    process_id = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"))
    beat_at = models.DateTimeField(_("last sign of life"), db_index=True)
    jobs = models.JSONField(_("jobs"), default=dict)
    """By name of the job: what ``JobProgress.as_json()`` says of it."""

    objects = WorkerHeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-beat_at", "pk"]
        default_permissions = ["view"]

    def __str__(self) -> str:
        return f"{self.host}:{self.process_id}"

    @property
    def is_alive(self) -> bool:
        """Whether the worker has been heard of lately."""
        return bool(self.beat_at >= timezone.now() - SILENT_AFTER)
