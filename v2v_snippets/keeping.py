"""What is the same on every page, kept in the process for as long as the content is the same.

Which sites, languages and countries there are, what menus and footers say: an answer reads a dozen
such facts, and a publish changes them seldom. They are kept under the version of the content that
``V2V_CONTENT_VERSION`` reads (docs/decisions/0034), which moves with every change that a reader
could see: what was kept before is then forgotten, in every process. Without that setting, and while
nobody knows the version, they are read once a request; outside of ``keep_facts``, each time.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

P = ParamSpec("P")
R = TypeVar("R")

MOST_OF_A_KIND: Final = 1_000
"""How many answers of one reader are kept: who asks may choose a host or a path."""

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

Facts = dict[Any, dict[Any, Any]]
"""What each reader found, by its arguments."""


class _Newest:
    """The facts of the newest version that anybody has asked for."""

    def __init__(self) -> None:
        self._kept: tuple[Hashable, Facts] = (None, {})

    def at(self, version: Hashable) -> Facts:
        """Returns what is known at this version; older facts are let go."""
        known, facts = self._kept
        if known != version:
            facts = {}
            self._kept = version, facts
        return facts

    def forget(self) -> None:
        """Forgets everything."""
        self._kept = (None, {})


newest: Final = _Newest()


class _Scope:
    """One request: it sees the facts of the version that was there when it asked first."""

    @cached_property
    def facts(self) -> Facts:
        """What is known at that version; where nobody knows one, what this request has read."""
        name = getattr(settings, "V2V_CONTENT_VERSION", "")
        version = import_string(name)() if name else None
        return {} if version is None else newest.at(version)


_scope: ContextVar[_Scope | None] = ContextVar("scope", default=None)


def keep_facts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lets requests that only read share what they read.

    The version is read when the first fact is asked for, and before that fact is read: what changes
    meanwhile is never kept under the newer version.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _scope.set(_Scope() if request.method in SAFE_METHODS else None)
        try:
            return get_response(request)
        finally:
            _scope.reset(token)

    return middleware


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Decorates a read whose answers are shared by all requests at one version of the content.

    Its arguments are few and hashable. Nobody may change an answer, and none may hold a request.
    """

    @wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, tuple(sorted(kwargs.items())))
        return fact(function, key, lambda: function(*args, **kwargs))

    return read


def fact(
    reader: Any, key: Hashable, find: Callable[[], R], *, otherwise: dict[Any, Any] | None = None
) -> R:
    """Returns what ``reader`` has found for ``key`` at this version; else finds it, and keeps it.

    Args:
        reader: Whose facts these are.
        key: What is asked.
        find: Finds the answer, under the conditions of ``kept``.
        otherwise: As for ``facts_of``.
    """
    known = facts_of(reader, otherwise=otherwise)
    if key in known:
        return cast("R", known[key])
    found = find()
    if len(known) < MOST_OF_A_KIND:
        known[key] = found
    return found


def facts_of(reader: Any, *, otherwise: dict[Any, Any] | None = None) -> dict[Any, Any]:
    """Returns what ``reader`` found at this version, to be added to.

    Outside of requests that keep facts it is ``otherwise``, or a new dictionary.
    """
    scope = _scope.get()
    if scope is None:
        return {} if otherwise is None else otherwise
    return scope.facts.setdefault(reader, {})
