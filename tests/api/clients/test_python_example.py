"""The example for Python: it reads the site, keeps what it read, and lets no page wait."""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import httpx
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "docs/partners/python"
KEPT = {"items": [{"title": "Last good copy"}], "etag": '"old"', "tried_at": 0}


@pytest.fixture
def example(package: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The example as a module, with the generated client."""
    monkeypatch.syspath_prepend(str(FOLDER))
    module = importlib.import_module("latest_news")
    yield module
    sys.modules.pop("latest_news")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy that was kept long ago."""
    file = tmp_path / "news.json"
    file.write_text(json.dumps(KEPT), encoding="utf-8")
    return file


def client_of(example: ModuleType, answer: Any) -> Any:
    """Returns the generated client in front of something that answers otherwise."""
    transport = httpx.MockTransport(answer)
    return example.Client("http://v2v.example", httpx_args={"transport": transport})


def test_it_shows_the_latest_news_of_a_live_site(
    example: ModuleType, served: str, tmp_path: Path
) -> None:
    copy = tmp_path / "news.json"
    client = example.Client(served)

    html = example.as_html(example.latest_news(client=client, copy=copy, language="it"))

    assert '<li lang="it"><a href="http://localhost/it/notizie/incontro/">Incontro</a>' in html
    assert "Funded by the European Union." in html
    stored = json.loads(copy.read_text("utf-8"))
    assert stored["etag"].startswith('"')
    copy.write_text(json.dumps({**stored, "tried_at": 0}), "utf-8")
    again = example.as_html(example.latest_news(client=client, copy=copy, language="it"))
    assert again == html


def test_a_fresh_copy_asks_nobody(example: ModuleType, copy: Path) -> None:
    copy.write_text(json.dumps({**KEPT, "tried_at": time.time()}), "utf-8")

    def refuse(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    assert example.latest_news(client=client_of(example, refuse), copy=copy) == KEPT["items"]


@pytest.mark.parametrize("status", [404, 500, 503])
def test_what_goes_wrong_leaves_the_last_good_copy(
    example: ModuleType, copy: Path, status: int
) -> None:
    asked = []

    def fail(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, json={"type": "about:blank", "title": "", "status": status,
                                            "detail": "", "errors": []})  # fmt: skip

    client = client_of(example, fail)

    first, second = (example.latest_news(client=client, copy=copy) for _time in range(2))

    assert first == second == KEPT["items"]
    assert len(asked) == 1, "The second page waits for the next attempt."
    assert json.loads(copy.read_text("utf-8"))["items"] == KEPT["items"]


@pytest.mark.parametrize(
    "answer",
    [
        {"json": {"status": "maintenance"}},
        {"json": ["maintenance"]},
        {"json": {"items": [{"title": "Half of an article"}], "next": None}},
        {"json": {"items": None, "next": None}},
        {"text": "<h1>Maintenance</h1>"},
    ],
)
def test_an_answer_that_is_no_list_of_news_leaves_the_last_good_copy(
    example: ModuleType, copy: Path, answer: dict[str, Any]
) -> None:
    client = client_of(example, lambda _request: httpx.Response(200, **answer))

    assert example.latest_news(client=client, copy=copy) == KEPT["items"]
    assert json.loads(copy.read_text("utf-8"))["items"] == KEPT["items"]


def test_a_copy_that_cannot_be_written_is_shown_all_the_same(
    example: ModuleType, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    client = client_of(example, lambda _request: httpx.Response(304))

    assert example.latest_news(client=client, copy=copy) == KEPT["items"]
    assert list(copy.parent.iterdir()) == [copy]


def test_a_site_that_cannot_be_reached_leaves_nothing_at_first(
    example: ModuleType, tmp_path: Path
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    client = client_of(example, fail)

    assert example.latest_news(client=client, copy=tmp_path / "news.json") == []


def test_a_slow_site_holds_no_page_and_is_read_for_the_next(
    example: ModuleType, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "WAIT_SECONDS", 0.05)
    may_answer, has_answered = Event(), Event()

    def answer_late(request: httpx.Request) -> httpx.Response:
        may_answer.wait(10)
        has_answered.set()
        return httpx.Response(304)

    started = time.monotonic()
    shown = example.latest_news(client=client_of(example, answer_late), copy=copy)
    waited = time.monotonic() - started
    may_answer.set()

    assert shown == KEPT["items"]
    assert waited < 2
    assert has_answered.wait(10)


def test_it_waits_for_two_seconds_at_most(example: ModuleType) -> None:
    assert example.WAIT_SECONDS <= 2
