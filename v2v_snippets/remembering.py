"""Reads done once for a whole list of texts, instead of once for each of them.

A page shows one text and asks for what it needs. A feed shows twenty of them in one answer; inside
``remembering()`` the second text gets what the first one read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_kept: ContextVar[dict[Any, dict[Any, Any]] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Lets what is read inside be read once. Keep it short: inside, nobody sees a change."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Decorates a read that costs nothing when it is repeated inside ``remembering()``.

    Its answers are shared: callers must not change them. Outside, every call reads.
    """

    @wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = kept_for(function)
        key = (args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = function(*args, **kwargs)
        answer: R = answers[key]
        return answer

    return read


def kept_for(reader: Any) -> dict[Any, Any]:
    """Returns what ``reader`` found so far, to be added to; a new dictionary outside."""
    kept = _kept.get()
    return {} if kept is None else kept.setdefault(reader, {})
