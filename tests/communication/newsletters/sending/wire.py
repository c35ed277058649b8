"""What may happen on the way of a mail: at a point of a transport, or by a server's answer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from communication.newsletters.models import Dispatch
from communication.newsletters.transports.smtp import SmtpTransport
from communication.newsletters.wire.mails import Mail
from tests.mail_sink import Answers, Letter

VICTIM = "r1@school.example"


class KilledError(BaseException):
    """Stands for a ``kill -9``: nothing in the code of a worker may handle it."""


class Wire:
    """A transport that does something of a test's choice at a point of the way."""

    happens: Any = None
    ledger: Counter[str] = Counter()
    ids: list[str] = []

    @contextmanager
    def open(self) -> Iterator["Wire"]:
        self.reach("after the claim", "")
        yield self

    def deliver(self, mail: Mail) -> None:
        self.reach("after the fence", mail.recipient)
        self.reach("before the dot", mail.recipient)
        Wire.ledger[mail.recipient] += 1
        Wire.ids.append(mail.message_id)
        self.reach("after the dot", mail.recipient)
        self.reach("after 250", mail.recipient)

    def forget(self, address: str) -> int:
        return 0

    def reach(self, point: str, recipient: str) -> None:
        if Wire.happens is not None:
            Wire.happens(point, recipient)


class Overheard(SmtpTransport):
    """The way by SMTP, on which something happens before the answer to each mail is heard."""

    happens: Any = None

    @contextmanager
    def open(self) -> Iterator[Any]:
        with super().open() as channel:
            yield OverheardChannel(channel)


class OverheardChannel:
    """Says each method itself: a protocol sees nothing that is only passed on."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel
        self.deliver = channel.deliver
        self.hand_in = channel.hand_in
        self.announce = channel.announce

    def hear(self) -> None:
        Overheard.happens()
        self.channel.hear()


def once_at(point: str, recipient: str, deed: Any) -> Any:
    """Returns what does a deed when a mail to a recipient comes to a point, and only once."""
    done: list[str] = []

    def happen(at: str, to: str) -> None:
        if not done and at == point and to in {recipient, ""}:
            done.append(at)
            deed()

    return happen


def die() -> None:
    raise KilledError


def balance(dispatch: Dispatch) -> dict[str, int]:
    return dict(Counter(dispatch.deliveries.values_list("state", flat=True)))


def answering(at: str, answer: str, recipient: str = VICTIM) -> Any:
    """Returns answers of a sink that treats one reader otherwise; at first stages, everybody."""

    def decide(stage: str, letter: Letter) -> str | None:
        is_theirs = letter.recipient == recipient or at in {"CONNECT", "EHLO", "MAIL"}
        return answer if stage == at and is_theirs else None

    return decide


def at_stages(answers: dict[str, str]) -> Answers:
    """Returns answers of a sink that treats everybody alike."""

    def decide(stage: str, letter: Letter) -> str | None:
        return answers.get(stage)

    return decide
