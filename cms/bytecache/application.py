"""The WSGI application around Django's that answers from memory what it has answered before."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from threading import Event, Lock
from typing import Any, Final, NamedTuple
from weakref import ref

from .addresses import Address, Environ, Question, Questions
from .answers import (
    MISS,
    Answer,
    Headers,
    StartResponse,
    headers_of_304,
    is_named,
    kept_answer,
    of_one_request,
)
from .replies import Replies, Reply
from .store import Store

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PATIENCE: Final = 10
"""Seconds for which requests wait while another one makes the answer that they want, too."""


class Version(NamedTuple):
    """What the site's content was when it was asked for."""

    token: Hashable
    """Another one after each change, and after each moment at which time alone changes answers."""
    next_boundary_at: float
    """The next such moment, in seconds since the epoch; infinity where there is none."""


class Made:
    """What an application said when it began to answer."""

    status = ""
    headers: Headers = []

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        """Notes it down, as PEP 3333 has it; nothing has been sent yet."""
        del exc_info
        self.status, self.headers = status, headers


class ByteCache:
    """Answers what everybody gets with stored bytes, as long as the content's version is the same.

    A request that carries a cookie, a key or a range passes by, and so does every answer that the
    application did not mark as public. The version is read before Django is called, so that what
    changes meanwhile is never kept under the newer version.
    """

    def __init__(
        self,
        application: Application,
        read_version: Callable[[], Version | None],
        *,
        capacity: int,
        choose_language: Callable[[str], str],
        trusted_headers: Sequence[str] = (),
    ) -> None:
        """Wraps ``application``.

        Args:
            application: Makes the answers.
            read_version: Says what the content is now; None where nobody knows, and everything
                passes by.
            capacity: The bound of what is kept, in bytes.
            choose_language: Takes an ``Accept-Language`` and returns the site's best language.
            trusted_headers: Keys of the environment from which Django reads scheme and host.
        """
        self._application = application
        self._read_version = read_version
        self._questions = Questions(choose_language, trusted_headers)
        self._replies = Replies(trusted_headers)
        self._filling: dict[Address, Event] = {}
        self._lock = Lock()
        self.store = Store(capacity)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request, as PEP 3333 has it."""
        reply = self._replies.find(environ)
        if reply is not None:
            token, until, remembered, status, encoding, is_unchanged = reply
            version, answer = self._read_version(), remembered()
            if (
                answer is not None
                and version is not None
                and version.token == token
                and (until == inf or time.time() < until)
            ):
                answer.is_asked_for = True
                packed = answer.packed[encoding]
                # a copy, which the server may change: PEP 3333
                headers = packed.headers_of_304 if is_unchanged else packed.headers
                start_response(status, headers.copy())
                return [] if is_unchanged else [packed.body]
        question = self._questions.read(environ)
        version = self._read_version() if question else None
        if question is None or version is None:
            return self._application(environ, start_response)
        answer = self.store.get(question, version.token)
        if answer is None:
            return self._make(environ, start_response, question, version)
        return self._send(environ, start_response, question, version, answer)

    def close(self) -> None:
        """Lets go of the connections over which the version is read."""
        if hasattr(self._read_version, "close"):
            self._read_version.close()

    def _make(
        self,
        environ: Environ,
        start_response: StartResponse,
        question: Question,
        version: Version,
    ) -> Iterable[bytes]:
        """Lets one request make the answer, while others for the same address wait for it."""
        with self._one_at_a_time(question.address):
            answer = self.store.get(question, version.token)
            if answer is not None:
                return self._send(environ, start_response, question, version, answer)
            made = Made()
            # whoever has the answer already is told so here, and the answer is kept all the same
            asked = {**environ, "REQUEST_METHOD": "GET"}
            asked.pop("HTTP_IF_NONE_MATCH", None)
            chunks = self._application(asked, made.start_response)
            try:
                answer = kept_answer(made.status, made.headers, chunks)
            except BaseException:
                close(chunks)
                raise
            if answer is None:
                return pass_on(environ, start_response, made, chunks)
            close(chunks)
            self.store.put(question, version.token, answer)
        return self._send(environ, start_response, question, version, answer, made)

    def _send(
        self,
        environ: Environ,
        start_response: StartResponse,
        question: Question,
        version: Version,
        answer: Answer,
        made: Made | None = None,
    ) -> Iterable[bytes]:
        """Sends an answer; ``made`` says what it was made as, if that was for this request."""
        packed = answer.packed.get(question.encoding)
        if packed is None:
            packed = answer.pack(question.encoding)
            self.store.put(question, version.token, answer)
        known = environ.get("HTTP_IF_NONE_MATCH")
        is_unchanged = known is not None and is_named(packed.tag, known)
        status = "304 Not Modified" if is_unchanged else answer.status
        headers = packed.headers_of_304 if is_unchanged else packed.headers
        last = version.next_boundary_at - answer.max_age
        if last < time.time():
            headers = not_beyond(version.next_boundary_at, headers)
        elif not question.is_head:
            reply = Reply(version.token, last, ref(answer), status, question.encoding, is_unchanged)
            self._replies.remember(environ, reply)
        if made is not None:
            headers = [*headers[:-1], *of_one_request(made.headers), MISS]
        start_response(status, headers.copy())
        return [] if is_unchanged or question.is_head else [packed.body]

    @contextmanager
    def _one_at_a_time(self, address: Address) -> Iterator[None]:
        """Lets the first one in at once, and others when it is done or takes too long."""
        with self._lock:
            other = self._filling.get(address)
            done = self._filling.setdefault(address, Event())
        if other is not None:
            other.wait(PATIENCE)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._filling[address]
            done.set()


def pass_on(
    environ: Environ, start_response: StartResponse, made: Made, chunks: Iterable[bytes]
) -> Iterable[bytes]:
    """Sends what is not kept, as the application would have sent it to this request."""
    fields = {name.lower(): value for name, value in made.headers}
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if made.status.startswith("200 ") and is_named(fields.get("etag", ""), known):
        close(chunks)
        headers = [*headers_of_304(made.headers), *of_one_request(made.headers)]
        start_response("304 Not Modified", headers)
        return []
    start_response(made.status, made.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        close(chunks)
        return []
    return chunks


def close(chunks: Iterable[bytes]) -> None:
    """Tells the application that its answer has been read, as PEP 3333 wants it."""
    if hasattr(chunks, "close"):
        chunks.close()


def not_beyond(moment: float, headers: Headers) -> Headers:
    """Returns headers that let no cache keep the answer beyond ``moment``, in epoch seconds."""
    seconds = max(0, int(moment - time.time()))
    return [
        (name, f"public, max-age={seconds}" if name.lower() == "cache-control" else value)
        for name, value in headers
    ]
