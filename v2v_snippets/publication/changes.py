"""Changes of content as transactions: what belongs together becomes visible together.

Wagtail's publish actions have no transaction of their own. Whoever changes what readers see wraps
it in ``recording_changes()``; an app that keeps a log of changes supplies the recorder.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

ONLY_A_TRANSACTION: Final = "django.db.transaction.atomic"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@contextmanager
def recording_changes() -> Iterator[None]:
    """Makes all that is changed inside one transaction, and has it recorded.

    ``V2V_CHANGE_RECORDER`` names what does so: a function without arguments that returns a context
    manager, which opens the transaction. Without that setting there is a transaction and no record.
    Blocks may be nested: the outermost decides, and one that fails inside undoes its own part.
    Also a decorator.
    """
    name = getattr(settings, "V2V_CHANGE_RECORDER", ONLY_A_TRANSACTION)
    with import_string(name)():
        yield


class RecordingMiddleware:
    """Records what somebody who is signed in changes, whole or, if the view fails, not at all.

    It stands behind whatever turns exceptions into answers. Requests of visitors are left alone:
    nobody who may not change anything is to hold the lock of a writer. What they change all the
    same is recorded once it is committed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers a request, within a transaction if it may change content."""
        if request.method in SAFE_METHODS or not _is_signed_in(request):
            return self.get_response(request)
        failed: list[HttpResponse] = []
        with suppress(_UndoError), recording_changes():
            response = self.get_response(request)
            if _FAILED in request.__dict__ or response.status_code >= _WORST:
                failed.append(response)
                raise _UndoError
        return failed[0] if failed else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Notes that the view has failed, whoever makes an answer of it."""
        request.__dict__[_FAILED] = exception


class _UndoError(Exception):
    """Ends a transaction that must leave nothing behind."""


_FAILED: Final = "_v2v_failed"
_WORST: Final = HTTPStatus.INTERNAL_SERVER_ERROR


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)
