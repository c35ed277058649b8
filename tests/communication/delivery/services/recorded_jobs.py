"""Jobs that keep the moments of their steps, and do in each what a test says."""

from collections.abc import Callable
from datetime import datetime

from communication.delivery.protocol import JobResult
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker


class RecordedJob:
    """Keeps the moments of its steps, and does in each what the test says."""

    def __init__(self, step: Callable[[], JobResult | None] = JobResult, name: str = "job") -> None:
        self.name = name
        self.step = step
        self.steps: list[datetime] = []

    def run_due(self, now: datetime) -> JobResult:
        self.steps.append(now)
        return self.step() or JobResult()


def failing(error: Exception) -> Callable[[], JobResult]:
    def step() -> JobResult:
        raise error

    return step


def run_until(moments: int, stop: StopRequest, step: Callable[[], JobResult | None]) -> Worker:
    """Runs a worker whose only job stops it in its last step."""

    def counted_step() -> JobResult | None:
        if len(job.steps) == moments:
            stop.set()
        return step()

    job = RecordedJob(counted_step, name="counted")
    worker = Worker([job], stop)
    worker.run()
    return worker
