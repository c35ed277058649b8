"""An application behind the cache, and a reader in front of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from math import inf
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from cms.bytecache import ByteCache, Version

TEXT = b"Sixty words of an article, again and again. " * 40
PROXY = "HTTP_X_FORWARDED_PROTO"
PUBLIC = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=60"}


class Origin:
    """An application that counts how often it was asked, and a version that tests advance."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.version: Version | None = Version(1, inf)
        self.status = "200 OK"
        self.headers = dict(PUBLIC)
        self.make: Callable[[dict[str, Any]], bytes] = lambda _: TEXT
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> "Chunks":
        self.asked.append(environ)
        body = self.make(environ)
        headers = {"Content-Length": str(len(body)), **self.headers}
        start_response(self.status, [pair for pair in headers.items() if pair[1]])
        return Chunks(self, [body] if environ["REQUEST_METHOD"] == "GET" else [])


class Chunks:
    """A body that notes its end, as Django's do."""

    def __init__(self, origin: Origin, chunks: list[bytes]) -> None:
        self.origin = origin
        self.chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.chunks)

    def close(self) -> None:
        self.origin.closed += 1


class Asker:
    """Asks an application, through wsgiref's own check of the protocol."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def get(self, path: str = "/en/", **environ: str) -> tuple[str, dict[str, str], bytes]:
        """Returns status, headers (names in small letters) and body."""
        path, _, query = path.partition("?")
        asked: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query}
        asked |= {"SCRIPT_NAME": "", **environ}
        setup_testing_defaults(asked)
        said: list[Any] = []

        def start_response(*arguments: Any) -> Callable[[bytes], None]:
            said.extend(arguments)
            return lambda _: None

        chunks: Any = validator(self.application)(asked, start_response)
        with closing(chunks):
            body = b"".join(chunks)
        return said[0], {name.lower(): value for name, value in said[1]}, body


class Reader(Asker):
    """Asks the cache in front of an origin."""

    def __init__(self, origin: Origin, capacity: int = 10**6) -> None:
        self.origin = origin
        self.versions_read = 0
        self.cache = ByteCache(
            validator(origin),
            self.read_version,
            capacity=capacity,
            choose_language=lambda header: "sq" if "sq" in header else "en",
            trusted_headers=[PROXY],
        )
        super().__init__(self.cache)

    def read_version(self) -> Version | None:
        """Tells what the origin's content is, and counts who asks."""
        self.versions_read += 1
        return self.origin.version
