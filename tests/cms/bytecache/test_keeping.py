"""What the cache keeps, for whom it is, and until when."""

import time
from math import inf
from typing import Any

import pytest
import time_machine

from cms.bytecache import Version

from .origin import TEXT, Origin, Reader


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


def test_who_asks_again_and_again_is_told_what_others_are_not(
    reader: Reader, origin: Origin
) -> None:
    tag = reader.get()[1]["etag"]
    ways: dict[str, dict[str, str]] = {
        "plain": {},
        "known": {"HTTP_IF_NONE_MATCH": tag},
        "older": {"HTTP_IF_NONE_MATCH": '"older"'},
        "packed": {"HTTP_ACCEPT_ENCODING": "br", "HTTP_IF_NONE_MATCH": tag},
    }

    told = [{name: reader.get(**way)[0][:3] for name, way in ways.items()} for _ in range(3)]

    assert told == [{"plain": "200", "known": "304", "older": "200", "packed": "200"}] * 3
    assert len(origin.asked) == 1
    for personal in ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE"):
        reader.get(**{personal: "mine"})
        reader.get(**{personal: "mine"})
    assert len(origin.asked) == 7
    assert reader.get(REQUEST_METHOD="HEAD")[2] == reader.get(REQUEST_METHOD="HEAD")[2] == b""


def test_what_was_sent_is_not_sent_again_at_another_version_or_time(
    reader: Reader, origin: Origin
) -> None:
    tag = reader.get()[1]["etag"]
    assert reader.get(HTTP_IF_NONE_MATCH=tag)[0] == "304 Not Modified"

    origin.version, origin.make = Version(2, inf), lambda _: TEXT * 2

    assert reader.get()[2] == TEXT * 2
    assert reader.get(HTTP_IF_NONE_MATCH=tag)[0] == "200 OK"
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        origin.version = Version(3, 1_800_000_000.0 + 90)
        assert reader.get()[1]["cache-control"] == "public, max-age=60"
        assert reader.get()[1]["cache-control"] == "public, max-age=60"
        clock.shift(50)
        assert reader.get()[1]["cache-control"] == "public, max-age=40"


def test_no_304_confirms_a_redirect_which_may_lead_elsewhere_by_now(
    reader: Reader, origin: Origin
) -> None:
    origin.status, origin.headers["Location"] = "302 Found", "/en/sign-in/"

    _status, headers, _body = reader.get()

    assert "etag" not in headers
    assert {reader.get(HTTP_IF_NONE_MATCH=known)[0] for known in ("*", '""')} == {"302 Found"}


def test_what_will_be_gone_is_announced_to_who_has_the_answer_too(
    reader: Reader, origin: Origin
) -> None:
    announced = {
        "deprecation": "@1924992000",
        "sunset": "Mon, 01 Sep 2031 00:00:00 GMT",
        "link": '<https://v2v.example/changes#colour>; rel="deprecation"; type="text/html"',
    }
    origin.headers |= {name.title(): value for name, value in announced.items()}
    tag = reader.get()[1]["etag"]

    status, headers, _body = reader.get(HTTP_IF_NONE_MATCH=tag)

    assert status == "304 Not Modified"
    assert {name: headers.get(name) for name in announced} == announced


def test_who_asks_first_and_has_the_answer_already_fills_the_cache_for_others(
    reader: Reader, origin: Origin
) -> None:
    origin.headers["ETag"] = '"own"'

    assert reader.get(HTTP_IF_NONE_MATCH='"own"')[0] == "304 Not Modified"
    assert reader.get()[2] == TEXT
    assert len(origin.asked) == 1


def test_who_has_an_answer_that_is_not_kept_is_told_so_too(reader: Reader, origin: Origin) -> None:
    origin.headers |= {"ETag": '"own"', "Vary": "Accept"}

    origin.headers["RateLimit-Remaining"] = "7"

    status, headers, _body = reader.get(HTTP_IF_NONE_MATCH='"own"')

    assert status == "304 Not Modified"
    assert headers["ratelimit-remaining"] == "7"
    assert reader.get(HTTP_IF_NONE_MATCH='"older"')[0] == "200 OK"
    assert origin.closed == 2


def test_what_belonged_to_one_request_is_not_told_to_others(reader: Reader, origin: Origin) -> None:
    said = {"ratelimit-remaining": "7", "x-request-id": "1"}
    origin.headers |= said

    first, second = reader.get()[1], reader.get()[1]

    assert said.items() <= first.items(), "The one for whom it was made was counted."
    assert second.keys().isdisjoint(said)


def test_no_cache_keeps_an_answer_beyond_the_moment_at_which_time_changes_it(
    reader: Reader, origin: Origin
) -> None:
    origin.version = Version(1, time.time() + 20)
    reader.get()

    for headers in (reader.get()[1], reader.get(HTTP_IF_NONE_MATCH="*")[1]):
        seconds = int(headers["cache-control"].removeprefix("public, max-age="))
        assert 10 <= seconds <= 20
    assert len(origin.asked) == 1
