"""What jobs of a worker have in common: they go step by step, and fail one thing at a time.

The worker of ``communication.delivery`` drains them; the apps below it know nothing of it.
"""

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model

logger = logging.getLogger(__name__)

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did, as the worker of ``communication.delivery`` reads it."""

    done: int = 0
    failed: int = 0
    next_due_at: datetime | None = None
    error: str = ""


class OneThingAStep(ABC, Generic[Thing]):
    """A job that finishes what has waited longest, one thing a step.

    What fails is put off, and holds up no other.
    """

    name: str
    waiting: ClassVar[type[Model] | None] = None
    """The rows whose ``next_attempt_at`` says when something is due; None: nobody knows before."""

    @abstractmethod
    def take(self, now: datetime) -> Thing | None:
        """Returns what has waited longest, as this worker's own; None where nothing is due."""

    @abstractmethod
    def finish(self, thing: Thing, now: datetime) -> str | None:
        """Does what is to be done.

        Returns:
            What went wrong and is noted already, in a few words; else None.

        Raises:
            Exception: what goes wrong otherwise; the thing is put off then.
        """

    @abstractmethod
    def put_off(self, thing: Thing, error: Exception, now: datetime) -> None:
        """Lets it be tried again later, or gives it up."""

    def run_due(self, now: datetime) -> Step:
        """Takes one thing and finishes it, or puts it off."""
        thing = self.take(now)
        if thing is None:
            return Step(next_due_at=next_due_at(self.waiting) if self.waiting else None)
        try:
            fault = self.finish(thing, now)
        except Exception as error:  # whatever is wrong with one thing, the others go on
            self.put_off(thing, error, now)
            told = self.told_of(error)
            logger.exception("%s: %s has failed", self.name, self.named(thing), exc_info=told)
            fault = repr(told)
        if fault:
            return Step(failed=1, next_due_at=now, error=f"{self.named(thing)}: {fault}")
        return Step(done=1, next_due_at=now)

    def named(self, thing: Thing) -> str:
        """Returns how operators read of a thing."""
        return str(thing)

    def told_of(self, error: Exception) -> Exception:
        """Returns what may be logged of an error; a subclass keeps its words to itself."""
        return error


def next_due_at(model: type[Model]) -> datetime | None:
    """Returns when the first row of a model with ``next_attempt_at`` is due; None if none waits."""
    rows: Any = model._default_manager.exclude(next_attempt_at=None).order_by("next_attempt_at")
    found: datetime | None = rows.values_list("next_attempt_at", flat=True).first()
    return found
