"""A worker that is killed by the system: what the database and the server know at each point.

In ``test_crashes`` an exception stands for the kill, and ``finally`` runs; here nothing does. The
worker is a process of its own, which sends by SMTP.
"""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.utils import timezone

from communication.delivery.services.installation import adopt_installation
from communication.newsletters.enums import DispatchState
from communication.newsletters.jobs import DispatchSending
from communication.newsletters.models import Dispatch
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from tests.dispatches import ready_dispatch, states_of
from tests.killed_transport import KILLED_AT
from tests.mail_sink import MailSink
from tests.newsletters import MailingListFactory
from tests.workers import database_url, wait_for

VICTIM = "r1@school.example"
OTHERS = [f"r{number}@school.example" for number in (0, 2, 3)]
AFTER_THE_LEASE = timedelta(minutes=11)


@dataclass(frozen=True)
class Death:
    """What is known after a kill at a point, and what follows."""

    point: str
    states: str
    """Of the four mails at that moment."""
    taken: list[str]
    """By the server until then."""
    becomes: str
    """The victim's mail, in the end."""
    unfinished: int = 0
    """Of how many mails the server had heard content, and no end."""


FIRST = OTHERS[:1]
IN_HAND = "accepted sending claimed claimed"
DEATHS = [
    Death("after the claim", "claimed claimed claimed claimed", [], "accepted"),
    Death(f"after the fence {VICTIM}", IN_HAND, FIRST, "uncertain"),
    Death(f"before the dot {VICTIM}", IN_HAND, FIRST, "uncertain", unfinished=1),
    Death(f"after the dot {VICTIM}", IN_HAND, [*FIRST, VICTIM], "uncertain"),
    Death(f"after 250 {VICTIM}", IN_HAND, [*FIRST, VICTIM], "uncertain"),
]


@pytest.fixture
def dispatch(transactional_db: None, settings: Any) -> Dispatch:
    """One to four readers, whose time has come; other processes see it."""
    settings.V2V_INSTALLATION_ID = "the proof"
    adopt_installation()
    dispatch = ready_dispatch(MailingListFactory(slug="news"), readers=4)
    schedule(dispatch=dispatch, now=timezone.now() - UNDO_WINDOW)
    return dispatch


def run_until_killed(port: int, point: str) -> None:
    """Starts a worker, and waits for its end."""
    worker = subprocess.run(
        [sys.executable, "-m", "tests.sending_worker", str(port)],
        cwd=site_settings.ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), KILLED_AT: point},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr.decode()


@pytest.mark.parametrize(
    "death",
    [
        pytest.param(
            death,
            id=death.point.partition(" r1@")[0],
            marks=[] if death.becomes == "uncertain" else pytest.mark.slow,
        )
        for death in DEATHS
    ],
)
def test_after_a_kill_the_books_say_what_is_known_and_nobody_gets_two(
    dispatch: Dispatch, sink: MailSink, death: Death
) -> None:
    run_until_killed(sink.port, death.point)

    wait_for(lambda: not sink._open)
    states = states_of(dispatch)
    assert [states[f"r{number}"] for number in range(4)] == death.states.split()
    assert list(sink.taken.elements()) == death.taken
    assert sum(b"News in November" in content for content in sink.unfinished) == death.unfinished
    another = DispatchSending()
    for _step in range(2):
        another.run_due(timezone.now() + AFTER_THE_LEASE)
    another.close()

    states = states_of(dispatch)
    assert states.pop("r1") == death.becomes
    assert set(states.values()) == {"accepted"}
    is_delivered = death.becomes == "accepted" or VICTIM in death.taken
    assert sink.taken == dict.fromkeys([*OTHERS, *([VICTIM] if is_delivered else [])], 1)
    dispatch.refresh_from_db()
    is_sure = death.becomes == "accepted"
    assert dispatch.state == (DispatchState.SENT if is_sure else DispatchState.SENT_UNCERTAIN)
