"""What is the same on every page is read once for a version of the content."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from v2v_snippets import keeping
from v2v_snippets.keeping import facts_of, keep_facts, kept

reads: list[str] = []
moves: list[int | None] = []


def version_of_now() -> int | None:
    return moves[-1]


@kept
def read(word: str) -> str:
    """A read that can be counted."""
    reads.append(word)
    return word.upper()


@pytest.fixture(autouse=True)
def first_version(settings: Settings) -> None:
    settings.V2V_CONTENT_VERSION = f"{__name__}.version_of_now"
    reads.clear()
    now(1)


def now(number: int | None) -> None:
    """Moves the version, as a publish moves what a site keeps in its database."""
    moves.append(number)


def ask(*words: str, method: str = "GET", meanwhile: Callable[[], object] = bool) -> list[str]:
    """Reads facts in a request of its own; something happens after each."""

    def view(request: HttpRequest) -> HttpResponse:
        answers = []
        for word in words:
            answers.append(read(word))
            meanwhile()
        return HttpResponse(" ".join(answers))

    request = getattr(RequestFactory(), method.lower())("/")
    return keep_facts(view)(request).content.decode().split()


def test_requests_share_what_they_read() -> None:
    assert [ask("a", "b"), ask("b", "a", "a")] == [["A", "B"], ["B", "A", "A"]]
    assert reads == ["a", "b"]


def test_a_new_version_forgets_everything() -> None:
    ask("a")
    now(2)
    ask("a")
    ask("a")

    assert reads == ["a", "a"]


def test_a_request_stays_with_the_version_that_it_began_with() -> None:
    ask("a", "a", "b", meanwhile=lambda: now(2))
    assert reads == ["a", "b"]

    ask("b")  # what was read under the old version is not known under the new one
    assert reads == ["a", "b", "b"]


def test_without_a_version_a_request_reads_for_itself() -> None:
    now(None)
    ask("a", "a")
    ask("a")

    assert reads == ["a", "a"]


def test_without_the_setting_a_request_reads_for_itself(settings: Settings) -> None:
    del settings.V2V_CONTENT_VERSION
    ask("a", "a")
    ask("a")

    assert reads == ["a", "a"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_requests_that_may_change_something_read_each_time(method: str) -> None:
    ask("a")
    ask("a", "a", method=method)

    assert reads == ["a", "a", "a"]


def test_outside_of_requests_every_question_is_read_anew() -> None:
    ask("a")
    read("a")
    read("a")

    assert reads == ["a", "a", "a"]
    own: dict[str, int] = {}
    assert facts_of("anything", otherwise=own) is own


def test_made_up_questions_are_answered_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_OF_A_KIND", 2)
    for _round in range(2):
        assert ask("a", "b", "c") == ["A", "B", "C"]

    assert reads == ["a", "b", "c", "c"]
