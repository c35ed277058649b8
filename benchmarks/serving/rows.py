"""The rows of the table: what is asked of which server, and what each round has shown."""

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from .asking import Asked, ask
from .servers import TICK, Server

ACCEPTED = {"Accept-Encoding": "gzip, br"}
"""What every browser and most scripts send."""

WARM = 1
"""Seconds for which a new process is asked before it is measured."""
ENOUGH, LONGEST = 40, 12
"""Answers that make a round, and the most seconds that it lasts for their sake."""


@dataclass(frozen=True)
class Round:
    """What one round has shown."""

    asked: Asked
    cpu: float
    """Seconds of the processor for each answer."""
    others: float
    """The share of the machine that others used meanwhile, as a part of 1."""


@dataclass
class Row:
    """One thing that is asked for, again and again."""

    name: str
    """Such as "list"; the same for everything that is compared."""
    system: str
    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)

    def check(self) -> None:
        """Asks once, and shows what for; what is slow when first asked for, is so here."""
        status, fields, body = self.server.get(self.path, ACCEPTED | self.headers)
        packed = fields.get("content-encoding", "as it is")
        print(f"  {self.label}: {status}, {len(body)} bytes, {packed}", flush=True)
        if status not in {200, 304}:
            raise SystemExit(body.decode(errors="replace")[:2000])

    @property
    def label(self) -> str:
        """System and what is asked for."""
        return f"{self.system}: {self.name}" if self.name else self.system

    def run(self, seconds: int) -> Round:
        """Measures once."""
        self.server.get(
            self.path, ACCEPTED | self.headers
        )  # whatever was asked before, is answered
        cpu, busy = self.server.cpu(), Busy()
        asked = ask(self.server.port, self.path, ACCEPTED | self.headers, seconds)
        used = self.server.cpu() - cpu
        return Round(asked, used / max(1, asked.answers), busy.share_of_others(used))

    @property
    def cpu(self) -> float:
        """Seconds of the processor for an answer: the middle of all rounds."""
        return statistics.median(each.cpu for each in self.rounds)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return statistics.median(each.asked.answers / each.asked.seconds for each in self.rounds)

    @property
    def busy(self) -> float:
        """The share of its processor that the server needed: below 1, whoever asks is slower."""
        return self.cpu * self.per_second

    @property
    def p50(self) -> float:
        """Half of the answers took no more seconds."""
        return statistics.median(each.asked.p50 for each in self.rounds)

    @property
    def p99(self) -> float:
        """All but one in a hundred took no more seconds."""
        return statistics.median(each.asked.p99 for each in self.rounds)

    @property
    def others(self) -> float:
        """The share of the machine that others used, on average."""
        return statistics.mean(each.others for each in self.rounds)


class Busy:
    """How busy the machine is, beside the server and whoever asks it."""

    def __init__(self) -> None:
        self._before = self._read()

    def share_of_others(self, served: float) -> float:
        """Returns which part of the machine others used since; ``served`` seconds were not them."""
        busy, whole = (now - then for now, then in zip(self._read(), self._before, strict=True))
        return min(1.0, max(0.0, (busy - served) / whole))

    @staticmethod
    def _read() -> tuple[float, float]:
        line = Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]
        ticks = [int(number) for number in line]
        own = os.times()
        asking = own.user + own.system + own.children_user + own.children_system
        idle = ticks[3] + ticks[4]
        return (sum(ticks) - idle) / TICK - asking, sum(ticks) / TICK


def measure(rows: Sequence[Row], rounds: int, seconds: int) -> None:
    """Measures all rows in turn, round by round, each round with processes of its own.

    What is answered fast is asked for a second at a time, so that the machine's other load, which
    comes and goes, meets all that is compared.
    """
    for row in rows:
        row.check()
    slow = {}
    for row in rows:
        warm = row.run(WARM).asked
        enough = ENOUGH * warm.seconds / max(1, warm.answers)
        if enough > seconds:
            slow[row.label] = ceil(min(enough, LONGEST))
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds}", flush=True)
        if number:
            for server in dict.fromkeys(row.server for row in rows):
                server.stop()
                server.start()
            for row in rows:
                row.run(WARM)
        turns = [row for row in rows if row.label not in slow] * seconds
        for row in turns:
            row.rounds.append(row.run(1))
        for row in (row for row in rows if row.label in slow):
            row.rounds.append(row.run(slow[row.label]))
