"""Every error as problem+json (RFC 9457), in words that say what to do.

This is the only module that takes anything from Wagtail's own API v3, which is a preview.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from wagtail.api.v3.errors import PROBLEM_JSON, problem_response

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 5

__all__ = [
    "PROBLEM_JSON",
    "BadBodyError",
    "BadParameterError",
    "RefusedError",
    "answer_to",
    "mistake",
    "problem",
    "register_handlers",
]


class RefusedError(Exception):
    """Somebody is not let in; says why, and what to do."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})

    def answer(self) -> HttpResponse:
        """Returns what they are told."""
        response = problem(self.status, str(self))
        for name, value in self.headers.items():
            response[name] = value
        return response


class BadParameterError(Exception):
    """The address asks for something that there is not; becomes a 400 that names the mistake."""

    def __init__(self, parameter: str, message: str, *, allowed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.errors = [mistake(parameter, message, allowed)]


class BadBodyError(Exception):
    """What was sent cannot be taken; becomes a 422 that names each mistake."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("The body cannot be taken.")
        self.errors = errors


def mistake(parameter: str, message: str, allowed: Sequence[str] = ()) -> dict[str, Any]:
    """Returns one entry of a problem's ``errors``."""
    entry: dict[str, Any] = {"parameter": parameter, "message": message}
    if allowed:
        entry["allowed"] = list(allowed)
    return entry


def problem(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Returns an error as problem+json. It is never stored: what was wrong may soon be right."""
    response = problem_response(
        status=status, title=HTTPStatus(status).phrase, detail=detail, errors=errors
    )
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = "en"
    return response


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    """Returns the answer to whatever went wrong while a request was answered."""
    match error:
        case BadParameterError() | BadBodyError() | ValidationError() | HttpError():
            return _answer_to_mistake(error)
        case SuspiciousOperation() | RequestDataTooBig():
            return problem(400, "The request is malformed.")
        case Http404():
            return problem(404, str(error) or "There is nothing public at this address.")
        case OperationalError() | InterfaceError():
            logger.error("The database does not answer: %s", error)
            response = problem(503, "The database does not answer. Try again soon.")
            response["Retry-After"] = str(RETRY_AFTER_SECONDS)
            return response
        case _:
            logger.error("An answer of the API failed: %s", request.path, exc_info=error)
            # what watches Django's own errors, and the test client, hears of this one, too
            got_request_exception.send(sender=type(error), request=request)
            return problem(500, "The answer failed. The error has been recorded.")


def _answer_to_mistake(
    error: BadParameterError | BadBodyError | ValidationError | HttpError,
) -> HttpResponse:
    match error:
        case BadParameterError():
            return problem(400, "The request asks for something that there is not.", error.errors)
        case BadBodyError():
            return problem(422, "Some fields are not valid.", error.errors)
        case HttpError():
            return problem(400, "The body is no JSON.")
    if error.errors[0]["loc"][0] == "body":
        return problem(422, "Some fields are not valid.", _mistakes(error.errors))
    return problem(400, "Some parameters are not valid.", _mistakes(error.errors))


def register_handlers(api: NinjaAPI) -> None:
    """Lets ``api`` answer all errors by ``answer_to``, in place of Ninja's own formats."""
    handler: Any = answer_to
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, handler)


def _mistakes(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Names each parameter as it stands in the address, not as our functions call it."""
    found = []
    for error in errors:
        context = error.get("ctx") or {}
        parameter = context.get("parameter") or str(error["loc"][-1])
        found.append(mistake(parameter, error["msg"], context.get("allowed", ())))
    return found
