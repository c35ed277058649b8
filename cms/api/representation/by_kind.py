"""Methods that are chosen by the kind of their first argument, a thousand times in an answer."""

from collections.abc import Callable
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Base = singledispatchmethod[Any]
else:
    Base = singledispatchmethod


class ByKind(Base):
    """``singledispatchmethod`` without the wrapper that it makes anew with each call.

    Python 3.14 keeps its own; until then, the wrapping takes longer than most of what is wrapped.
    Kinds are classes of the project, all registered before the first of them is written.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._chosen: dict[type, Callable[..., Any]] = {}

    def __get__(self, instance: Any, owner: Any = None) -> Callable[..., Any]:
        """Returns the method of ``instance``."""
        chosen = self._chosen

        def method(subject: Any, *arguments: Any) -> Any:
            kind = subject.__class__
            function = chosen.get(kind)
            if function is None:
                function = chosen[kind] = self.dispatcher.dispatch(kind)
            return function(instance, subject, *arguments)

        return method
