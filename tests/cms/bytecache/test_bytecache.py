"""The cache in front of any WSGI application: what it keeps, for whom, and until when."""

import gzip
import time
from collections.abc import Callable, Iterator
from math import inf
from threading import Event, Thread
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
import pytest

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


class Reader:
    """Asks the cache, through wsgiref's own check of the protocol."""

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

    def read_version(self) -> Version | None:
        """Tells what the origin's content is, and counts who asks."""
        self.versions_read += 1
        return self.origin.version

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

        chunks = validator(self.cache)(asked, start_response)
        try:
            body = b"".join(chunks)
        finally:
            chunks.close()  # type: ignore[attr-defined]
        return said[0], {name.lower(): value for name, value in said[1]}, body


@pytest.fixture
def origin() -> Origin:
    return Origin()


@pytest.fixture
def reader(origin: Origin) -> Reader:
    return Reader(origin)


def test_what_is_public_is_made_once(reader: Reader, origin: Origin) -> None:
    first, second = reader.get(), reader.get()

    assert len(origin.asked) == origin.closed == 1
    assert first[0] == second[0] == "200 OK"
    assert first[2] == second[2] == TEXT
    assert first[1].pop("cache-status") == "V2V; fwd=miss; stored"
    assert second[1].pop("cache-status") == "V2V; hit"
    assert first[1] == second[1]


def test_another_version_is_made_anew(reader: Reader, origin: Origin) -> None:
    reader.get()
    origin.version = Version(2, inf)
    origin.make = lambda _: b"changed"

    assert reader.get()[2] == reader.get()[2] == b"changed"
    assert len(origin.asked) == 2


def test_what_changes_while_an_answer_is_made_is_not_kept_under_the_new_version(
    reader: Reader, origin: Origin
) -> None:
    def publish_meanwhile(environ: dict[str, Any]) -> bytes:
        origin.version = Version(2, inf)
        return b"old"

    origin.make = publish_meanwhile
    reader.get()
    origin.make = lambda _: b"new"

    assert reader.get()[2] == b"new"


def test_without_a_version_everything_passes_by(reader: Reader, origin: Origin) -> None:
    origin.version = None

    assert "cache-status" not in reader.get()[1]
    assert "cache-status" not in reader.get()[1]
    assert len(origin.asked) == 2


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_AUTHORIZATION": "Bearer v2v_x"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "0"},
        {"REQUEST_METHOD": "OPTIONS"},
    ],
)
def test_personal_requests_neither_fill_the_cache_nor_are_answered_from_it(
    reader: Reader, origin: Origin, environ: dict[str, str]
) -> None:
    origin.make = lambda environ: environ.get("HTTP_COOKIE", "for everybody").encode()
    reader.get(**environ)
    assert reader.cache.store.size == 0
    assert reader.get()[2] == b"for everybody"

    answer = reader.get(**environ)

    assert "cache-status" not in answer[1]
    assert len(origin.asked) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "max-age=60"},
        {"Cache-Control": ""},
        {"Cache-Control": "public, max-age=0"},
        {"Cache-Control": "public, no-cache, max-age=60"},
        {"Set-Cookie": "a=b"},
        {"Vary": "Cookie"},
        {"Vary": "Accept, Accept-Language"},
        {"Vary": "*"},
        {"Content-Length": ""},
        {"Content-Type": "image/avif"},
    ],
)
def test_what_the_application_does_not_give_to_everybody_is_not_kept(
    reader: Reader, origin: Origin, headers: dict[str, str]
) -> None:
    origin.headers |= headers

    answers = reader.get(), reader.get()

    assert [answer[2] for answer in answers] == [TEXT, TEXT]
    assert reader.cache.store.size == 0
    assert len(origin.asked) == origin.closed == 2


@pytest.mark.parametrize(
    ("status", "asked"),
    [("404 Not Found", 2), ("500 Server Error", 2), ("410 Gone", 2), ("302 Found", 1)],
)
def test_only_answers_and_redirects_are_kept(
    reader: Reader, origin: Origin, status: str, asked: int
) -> None:
    origin.status = status

    assert reader.get()[0] == reader.get()[0] == status
    assert len(origin.asked) == asked


def test_who_has_the_answer_is_told_so(reader: Reader, origin: Origin) -> None:
    origin.headers |= {"Content-Language": "en", "X-Frame-Options": "DENY"}
    tag = reader.get()[1]["etag"]

    status, headers, body = reader.get(HTTP_IF_NONE_MATCH=f'"other", W/{tag}')

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["etag"] == tag
    assert headers["content-language"] == "en"
    assert headers["cache-control"] == "public, max-age=60"
    assert headers.keys().isdisjoint({"content-length", "content-type", "x-frame-options"})
    assert len(origin.asked) == 1


def test_who_asks_first_and_has_the_answer_already_fills_the_cache_for_others(
    reader: Reader, origin: Origin
) -> None:
    origin.headers["ETag"] = '"own"'

    assert reader.get(HTTP_IF_NONE_MATCH='"own"')[0] == "304 Not Modified"
    assert reader.get()[2] == TEXT
    assert len(origin.asked) == 1


def test_who_has_an_answer_that_is_not_kept_is_told_so_too(reader: Reader, origin: Origin) -> None:
    origin.headers |= {"ETag": '"own"', "Vary": "Accept"}

    assert reader.get(HTTP_IF_NONE_MATCH='"own"')[0] == "304 Not Modified"
    assert reader.get(HTTP_IF_NONE_MATCH='"older"')[0] == "200 OK"
    assert origin.closed == 2


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, *", "gzip", gzip.decompress),
        ("zstd", "", bytes),
        ("br;q=nonsense", "", bytes),
    ],
)
def test_an_answer_is_made_once_for_all_encodings(
    reader: Reader,
    origin: Origin,
    accepted: str,
    encoding: str,
    unpack: Callable[[bytes], bytes],
) -> None:
    plain = reader.get()[1]

    _status, headers, body = reader.get(HTTP_ACCEPT_ENCODING=accepted)

    assert unpack(body) == TEXT
    assert headers.get("content-encoding", "") == encoding
    assert headers["content-length"] == str(len(body))
    assert "Accept-Encoding" in headers["vary"]
    assert (headers["etag"] == plain["etag"]) is not bool(encoding)
    assert reader.get(HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=headers["etag"])[0] == (
        "304 Not Modified"
    )
    assert len(origin.asked) == 1


def test_what_came_packed_is_unpacked_for_others(reader: Reader, origin: Origin) -> None:
    origin.headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    origin.make = lambda _: gzip.compress(TEXT)

    assert gzip.decompress(reader.get(HTTP_ACCEPT_ENCODING="gzip")[2]) == TEXT
    _status, headers, body = reader.get()

    assert body == TEXT
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"


def test_short_answers_stay_as_they_are(reader: Reader, origin: Origin) -> None:
    origin.make = lambda _: b"short"

    _status, headers, body = reader.get(HTTP_ACCEPT_ENCODING="br")

    assert body == b"short"
    assert headers.keys().isdisjoint({"content-encoding", "vary"})


def test_languages_are_told_apart_where_the_answer_depends_on_them(
    reader: Reader, origin: Origin
) -> None:
    origin.headers["Vary"] = "Accept-Language"
    origin.make = lambda environ: environ.get("HTTP_ACCEPT_LANGUAGE", "none").encode()

    found = [reader.get(HTTP_ACCEPT_LANGUAGE=header)[2] for header in ("sq", "en", "sq-AL", "fi")]

    assert found == [b"sq", b"en", b"sq", b"en"]
    assert len(origin.asked) == 2


def test_addresses_are_told_apart(reader: Reader, origin: Origin) -> None:
    names = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING", PROXY)
    origin.make = lambda environ: "|".join(str(environ.get(name)) for name in names).encode()
    requests: list[tuple[str, dict[str, str]]] = [
        ("/en/", {}),
        ("/sq/", {}),
        ("/en/?q=1", {}),
        ("/en/?q=2", {}),
        ("/en/", {"HTTP_HOST": "other.example"}),
        ("/en/", {"wsgi.url_scheme": "https"}),
        ("/en/", {PROXY: "https"}),
    ]

    found = {reader.get(path, **environ)[2] for path, environ in requests * 2}

    assert len(found) == len(origin.asked) == len(requests)


def test_the_order_of_names_in_a_query_makes_no_difference_but_that_of_values_does(
    reader: Reader, origin: Origin
) -> None:
    for query in ("type=a&type=b&limit=2", "limit=2&type=a&type=b", "limit=2&type=b&type=a"):
        reader.get(f"/api/?{query}")

    assert len(origin.asked) == 2


def test_head_gets_the_headers_alone_and_fills_the_cache(reader: Reader, origin: Origin) -> None:
    status, headers, body = reader.get(REQUEST_METHOD="HEAD")

    assert (status, body) == ("200 OK", b"")
    assert headers["content-length"] == str(len(TEXT))
    assert reader.get()[2] == TEXT
    assert len(origin.asked) == 1


def test_what_belonged_to_one_request_is_not_told_to_others(reader: Reader, origin: Origin) -> None:
    origin.headers |= {"RateLimit-Remaining": "7", "X-Request-ID": "1"}

    reader.get()

    assert reader.get()[1].keys().isdisjoint({"ratelimit-remaining", "x-request-id"})


def test_no_cache_keeps_an_answer_beyond_the_moment_at_which_time_changes_it(
    reader: Reader, origin: Origin
) -> None:
    origin.version = Version(1, time.time() + 20)
    reader.get()

    for headers in (reader.get()[1], reader.get(HTTP_IF_NONE_MATCH="*")[1]):
        seconds = int(headers["cache-control"].removeprefix("public, max-age="))
        assert 10 <= seconds <= 20
    assert len(origin.asked) == 1


def test_a_flood_of_queries_neither_grows_the_cache_nor_pushes_out_the_pages(
    origin: Origin,
) -> None:
    reader = Reader(origin, capacity=200_000)
    reader.get("/en/")
    for number in range(500):
        reader.get(f"/en/?{number}")
        assert reader.cache.store.size <= 200_000

    reader.get("/en/")
    reader.get("/en/?499")

    assert len(origin.asked) == 501
    reader.get("/en/?0")
    assert len(origin.asked) == 502


def test_what_was_used_least_recently_goes_first(origin: Origin) -> None:
    reader = Reader(origin, capacity=15_000)
    for path in ("/1", "/2", "/1", "/3", "/4", "/5"):
        reader.get(path)
        reader.get("/1")
    before = len(origin.asked)

    reader.get("/1")
    assert len(origin.asked) == before
    reader.get("/2")
    assert len(origin.asked) == before + 1


def test_every_encoding_counts(origin: Origin) -> None:
    reader = Reader(origin)
    reader.get()
    size = reader.cache.store.size

    reader.get(HTTP_ACCEPT_ENCODING="br")

    assert reader.cache.store.size > size


def test_too_long_queries_and_answers_pass_by(reader: Reader, origin: Origin) -> None:
    reader.get("/en/?" + "q" * 1_001)
    origin.make = lambda _: b"x" * (1024 * 1024 + 1)
    reader.get("/large")

    assert reader.cache.store.size == 0


def test_one_request_makes_the_answer_and_the_others_wait_for_it(
    reader: Reader, origin: Origin
) -> None:
    all_have_asked = Event()

    def make_slowly(environ: dict[str, Any]) -> bytes:
        all_have_asked.wait(10)
        return TEXT

    origin.make = make_slowly
    bodies: list[bytes] = []
    threads = [Thread(target=lambda: bodies.append(reader.get()[2])) for _ in range(5)]
    for thread in threads:
        thread.start()
    while reader.versions_read < len(threads):
        pass
    all_have_asked.set()
    for thread in threads:
        thread.join(10)

    assert bodies == [TEXT] * 5
    assert len(origin.asked) == 1


def test_a_failure_lets_the_next_one_try(reader: Reader, origin: Origin) -> None:
    def fail(environ: dict[str, Any]) -> bytes:
        raise RuntimeError

    origin.make = fail
    with pytest.raises(RuntimeError):
        reader.get()
    origin.make = lambda _: TEXT

    assert reader.get()[2] == TEXT
