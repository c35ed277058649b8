"""The rows of the table: what is asked of which server, and what each round has shown."""

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import ceil
from pathlib import Path

from .asking import Asked, ask
from .servers import TICK, Server

ACCEPTED = {"Accept-Encoding": "gzip, br"}
"""What every browser and most scripts send."""

WARM = 1
"""Seconds for which a new process is asked before it is measured."""
ENOUGH, LONGEST = 40, 12
"""Answers that make a turn, and the most seconds that it lasts for their sake."""


@dataclass(frozen=True)
class Turn:
    """What asking for a while has shown."""

    asked: Asked
    cpu: float
    """Seconds of the processor for each answer."""
    others: float
    """The share of the machine that others used meanwhile, as a part of 1."""

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.asked.answers / self.asked.seconds


@dataclass
class Row:
    """One thing that is asked for, again and again."""

    name: str
    """Such as "list"; the same for everything that is compared."""
    system: str
    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    """Of every answer."""
    rounds: list[list[Turn]] = field(default_factory=list)
    """Each with one process of the server."""

    def show(self) -> None:
        """Asks once, and shows what is answered; what is slow when first asked for, is so here."""
        fields, body = self.answer()
        packed = fields.get("content-encoding", "as it is")
        print(f"  {self.label}: {self.status}, {len(body)} bytes, {packed}", flush=True)

    @property
    def label(self) -> str:
        """System and what is asked for."""
        return f"{self.system}: {self.name}" if self.name else self.system

    def answer(self) -> tuple[dict[str, str], bytes]:
        """Returns headers and body of an answer; whatever was asked before, is answered then."""
        status, fields, body = self.server.get(self.path, ACCEPTED | self.headers)
        if status != self.status:
            raise SystemExit(f"{self.label}: {status}\n{body.decode(errors='replace')[:2000]}")
        return fields, body

    def run(self, seconds: int) -> Turn:
        """Measures once."""
        self.answer()
        cpu, busy = self.server.cpu(), Busy()
        asked = ask(self.server.port, self.path, ACCEPTED | self.headers, seconds)
        used = self.server.cpu() - cpu
        others = busy.share_of_others(used)
        self.answer()  # nor is it another one by now
        return Turn(asked, used / max(1, asked.answers), others)

    @property
    def cpu(self) -> float:
        """Seconds of the processor for an answer: of each process the least, of them the middle.

        What else the machine does only adds to what a process needs; by how its memory happens to
        lie, it is faster or slower than others.
        """
        return statistics.median(min(turn.cpu for turn in turns) for turns in self.rounds)

    @property
    def per_second(self) -> float:
        """Answers a second: of each process the most, of them the middle."""
        return statistics.median(max(turn.per_second for turn in turns) for turns in self.rounds)

    @property
    def busy(self) -> float:
        """The share of its processor that the server needed: below 1, whoever asks is slower."""
        return statistics.median(turn.cpu * turn.per_second for turn in self._turns)

    @property
    def p50(self) -> float:
        """Half of the answers took no more seconds."""
        return statistics.median(turn.asked.p50 for turn in self._turns)

    @property
    def p99(self) -> float:
        """All but one in a hundred took no more seconds."""
        return statistics.median(turn.asked.p99 for turn in self._turns)

    @property
    def others(self) -> float:
        """The share of the machine that others used, on average."""
        return statistics.mean(turn.others for turn in self._turns)

    @property
    def _turns(self) -> list[Turn]:
        return list(chain.from_iterable(self.rounds))


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


def measure(rows: Sequence[Row], rounds: int, turns: int) -> None:
    """Measures all rows turn by turn, in rounds, each of which has processes of its own.

    A turn is short, so that the machine's other load, which comes and goes, meets all that is
    compared.
    """
    for row in rows:
        row.show()
    seconds = [long_enough(row.run(WARM)) for row in rows]
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds}", flush=True)
        if number:
            for server in dict.fromkeys(row.server for row in rows):
                server.stop()
                server.start()
            for row in rows:
                row.run(WARM)
        for row in rows:
            row.rounds.append([])
        for _turn in range(turns):
            for row, each in zip(rows, seconds, strict=True):
                row.rounds[-1].append(row.run(each))


def long_enough(warm: Turn) -> int:
    """Returns for how many seconds to ask for what was asked for before, when it was ``warm``."""
    return max(1, ceil(min(ENOUGH / max(warm.per_second, 1e-9), LONGEST)))
