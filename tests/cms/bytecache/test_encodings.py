"""One answer, in every encoding that readers take."""

import gzip
from collections.abc import Callable

import brotli
import pytest

from .origin import TEXT, Origin, Reader


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


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_what_came_packed_is_unpacked_for_others(
    reader: Reader, origin: Origin, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    origin.headers |= {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
    origin.make = lambda _: pack(TEXT)

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


def test_every_encoding_counts(origin: Origin) -> None:
    reader = Reader(origin)
    reader.get()
    size = reader.cache.store.size

    reader.get(HTTP_ACCEPT_ENCODING="br")

    assert reader.cache.store.size > size
