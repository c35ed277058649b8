"""A mail server of this machine that takes everything, unless it is told to do otherwise.

It runs in a thread of its own and keeps a ledger of what it has taken over: what it answered with
250, and what it had whole when it hung up. ``answers`` decides what it says at each stage; with the
default it is fast enough to measure against.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

USUAL = {
    "CONNECT": "220 sink ready",
    "EHLO": "250-sink\r\n250 PIPELINING",
    "HELO": "250 sink",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "QUIT": "221 bye",
}
NOBODY = "554 5.5.1 no valid recipients"
HANG_UP = "hang up"
TAKE_AND_HANG_UP = "take and hang up"
SAY_NOTHING = "say nothing"
"""What it can do instead of answering."""

END = b"\r\n.\r\n"


@dataclass
class Letter:
    """One mail on its way in, as ``answers`` sees it."""

    number: int = 0
    """Of mails before it over the same connection."""
    connection: int = 0
    recipient: str = ""
    content: bytes = b""
    is_refused: bool = False
    """Whether an answer before the content was a refusal, so that nobody is to get it."""


Answers = Callable[[str, Letter], str | None]
"""Says something else than usual at a stage, or None."""


def nothing_else(stage: str, letter: Letter) -> None:
    """Lets everything be taken."""


@dataclass
class MailSink:
    """Listens from ``start()`` to ``close()``."""

    answers: Answers = nothing_else
    keeps_content: bool = True
    taken: Counter[str] = field(default_factory=Counter)
    """How often it has taken a mail over, by recipient."""
    hung_up_on: list[str] = field(default_factory=list)
    """To whom the mails were that it was hearing of when it hung up."""
    unfinished: list[bytes] = field(default_factory=list)
    """What it had heard of contents whose end never came."""
    contents: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def start(self) -> "MailSink":
        """Returns as soon as somebody may connect."""
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=[ready], daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def close(self) -> None:
        """Hangs up on everybody and listens no more; a second time it does nothing."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        loop = self._loop
        self._open: set[asyncio.Transport] = set()
        server = loop.run_until_complete(
            loop.create_server(lambda: Conversation(self), "127.0.0.1", self.port)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        for transport in list(self._open):
            transport.abort()
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(server.wait_closed())
        loop.close()


class Conversation(asyncio.Protocol):
    """Speaks SMTP over one connection."""

    def __init__(self, sink: MailSink) -> None:
        self.sink, self.buffer, self.searched = sink, bytearray(), 0
        self.is_content = self.is_silent = False
        self.answers = bytearray()
        """To what came in one piece, so that they leave in one: RFC 2920, 3.2."""
        sink.connections += 1
        self.letter = Letter(connection=sink.connections)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.sink._open.add(transport)
        self.say("CONNECT")
        self.answer()

    def connection_lost(self, exc: Exception | None) -> None:
        self.sink._open.discard(self.transport)
        if self.is_content:
            self.sink.unfinished.append(bytes(self.buffer))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while not self.transport.is_closing():
            if self.is_content and self.buffer.startswith(b".\r\n"):
                self.buffer[:0] = b"\r\n"  # there is no content at all
            end = END if self.is_content else b"\r\n"
            found = self.buffer.find(end, self.searched)
            if found < 0:
                self.searched = max(0, len(self.buffer) - len(end))
                break
            line, self.searched = bytes(self.buffer[:found]), 0
            del self.buffer[: found + len(end)]
            self.take_content(line) if self.is_content else self.take_line(line)
        self.answer()

    def answer(self) -> None:
        if self.answers and not self.transport.is_closing():
            self.transport.write(bytes(self.answers))
            self.answers.clear()

    def take_line(self, line: bytes) -> None:
        verb = line[:4].upper().decode("latin-1")
        if verb == "MAIL":
            self.letter.is_refused = False
        if verb == "RCPT":
            self.letter.recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        self.is_content = self.say(verb).startswith("354")
        if verb == "QUIT":
            self.hang_up()

    def take_content(self, content: bytes) -> None:
        self.is_content, letter = False, self.letter
        letter.content = content
        said = self.say("DOT")
        if said.startswith("250") or said == TAKE_AND_HANG_UP:
            self.sink.taken[letter.recipient] += 1
            if self.sink.keeps_content:
                self.sink.contents.append(content)
        self.letter = Letter(letter.number + 1, letter.connection)

    def say(self, stage: str) -> str:
        """Says what is decided, and returns it; who has once said nothing stays silent."""
        said = self.sink.answers(stage, self.letter)
        if said is None:
            is_for_nobody = self.letter.is_refused and stage in {"DATA", "DOT"}
            said = NOBODY if is_for_nobody else USUAL.get(stage, "250 ok")
        self.letter.is_refused |= stage in {"MAIL", "RCPT"} and said[0] in "45"
        if said in {HANG_UP, TAKE_AND_HANG_UP}:
            self.sink.hung_up_on.append(self.letter.recipient)
            self.hang_up()
        elif said == SAY_NOTHING or self.is_silent:
            self.is_silent = True  # answers come in the order of questions, and none is left out
        else:
            self.answers += f"{said}\r\n".encode()
            if said.startswith("421"):
                self.hang_up()
        return said

    def hang_up(self) -> None:
        self.answer()
        self.transport.close()
