"""What floods, crowds and failures do to the cache."""

import tracemalloc
from threading import Event, Thread
from typing import Any

import pytest

from .origin import PROXY, TEXT, Origin, Reader


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


def test_too_long_queries_and_answers_pass_by(reader: Reader, origin: Origin) -> None:
    reader.get("/en/?" + "q" * 1_001)
    origin.make = lambda _: b"x" * (1024 * 1024 + 1)
    reader.get("/large")

    assert reader.cache.store.size == 0


LONG = "x" * 4_000


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        (f"/en/{LONG}/", {}),
        (f"/en/?{LONG}", {}),
        ("/en/", {"HTTP_ACCEPT_LANGUAGE": LONG}),
        ("/en/", {"HTTP_ACCEPT_ENCODING": LONG}),
        ("/en/", {"HTTP_HOST": LONG}),
        ("/en/", {PROXY: LONG}),
        (f"/{'x' * 1_500}/?{'q' * 900}", {"HTTP_ACCEPT_LANGUAGE": "en," * 600}),
    ],
    ids=["path", "query", "language", "encoding", "host", "proxy", "all together"],
)
def test_who_sends_too_much_is_answered_and_not_remembered(
    reader: Reader, origin: Origin, path: str, environ: dict[str, str]
) -> None:
    reader.get(path, **environ)  # what is made once only is there
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(300):
            changed = {name: f"{value}{number}" for name, value in environ.items()}
            assert reader.get(f"{path}{number}", **changed)[2] == TEXT
        origin.asked.clear()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < 200_000, "Each of them is some 4 KB."
    assert reader.cache.store.size == 0


def test_what_is_as_long_as_addresses_are_is_kept(reader: Reader, origin: Origin) -> None:
    path = f"/en/{'x' * 2_000}/?{'q' * 900}"

    assert reader.get(path)[2] == reader.get(path)[2] == TEXT
    assert len(origin.asked) == 1


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
