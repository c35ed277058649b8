"""What one text has read, the next one in the same answer need not read again."""

import threading

from v2v_snippets.remembering import remembered, remembering

reads: list[str] = []


@remembered
def read(word: str, *, times: int = 1) -> str:
    """A read that can be counted."""
    reads.append(word)
    return word * times


def test_inside_equal_questions_are_read_once() -> None:
    reads.clear()

    with remembering():
        answers = [read("a"), read("a"), read("b"), read("a", times=2), read("a", times=2)]

    assert answers == ["a", "a", "b", "aa", "aa"]
    assert reads == ["a", "b", "a"]


def test_outside_every_question_is_read_anew() -> None:
    reads.clear()
    with remembering():
        read("a")

    read("a")
    read("a")

    assert reads == ["a", "a", "a"]


def test_what_is_remembered_in_one_thread_is_unknown_in_another() -> None:
    reads.clear()

    with remembering():
        read("a")
        other = threading.Thread(target=read, args=["a"])
        other.start()
        other.join()

    assert reads == ["a", "a"]


def test_an_inner_answer_starts_afresh_and_leaves_the_outer_one_alone() -> None:
    reads.clear()

    with remembering():
        read("a")
        with remembering():
            read("a")
        read("a")

    assert reads == ["a", "a"]
