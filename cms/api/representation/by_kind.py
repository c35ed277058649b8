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
    """

    def __get__(self, instance: Any, owner: Any = None) -> Callable[..., Any]:
        """Returns the method of ``instance``."""
        dispatch = self.dispatcher.dispatch

        def method(subject: Any, *arguments: Any) -> Any:
            return dispatch(subject.__class__)(instance, subject, *arguments)

        return method
