"""What every address of the API does, whatever stands at it: who may ask, bounds, and mistakes."""

from functools import wraps
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from v2v_snippets.publication.answers import (
    METHODS,
    View,
    for_everybody,
    forget_cookies,
    open_to_all,
)

from .errors import BadParameterError, RefusedError, answer_to, problem
from .schemas.deprecation import announce
from .visits import Visit

LONGEST_QUERY: Final = 4096
"""In bytes, percent signs included: ten times what any sensible request needs."""


def framed(view: View, resource: str = "") -> View:
    """Returns ``view`` with the manners of the API around it.

    Args:
        view: Makes the answer to whoever is let in.
        resource: The first part of its address below the root of the API.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, visit: Visit, **kwargs: Any) -> HttpResponse:
        return _admitted(view, visit, request, *args, **kwargs)

    shared = for_everybody(answer, refuse=problem, urlconf=f"{__package__}.urls")

    @wraps(shared)
    def visited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = Visit(request, resource)
        response = shared(request, *args, visit=visit, **kwargs)
        return visit.grant(response) if request.method == "OPTIONS" else visit.sign(response)

    return visited


def framed_with_post(view: View, resource: str) -> View:
    """Returns ``view``, which also takes what is posted to it, with the manners of the API around.

    Other sites' forms may post from their readers' browsers: no cookie is read, so nothing that is
    sent can be somebody else's doing.
    """
    reading = framed(view, resource)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            visit = Visit(request, resource)
            return visit.sign(_posted(view, visit, request, *args, **kwargs))
        response = reading(request, *args, **kwargs)
        for name in ("Allow", "Access-Control-Allow-Methods"):
            if name in response:
                response[name] = ", ".join([*METHODS, "POST"])
        return response

    return answer


def _posted(
    view: View, visit: Visit, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    forget_cookies(request)
    if request.META.get("QUERY_STRING"):
        return open_to_all(problem(400, "This address takes no parameters."))
    return open_to_all(_admitted(view, visit, request, *args, **kwargs))


def _admitted(
    view: View, visit: Visit, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Returns the answer of ``view`` to whoever is let in, or says what is in the way."""
    if mistake := _malformed(request):
        return problem(400, mistake)
    try:
        visit.admit()
        response = view(request, *args, **kwargs)
    except RefusedError as error:
        return error.answer()
    except (BadParameterError, OperationalError, InterfaceError) as error:
        return answer_to(request, error)
    announce(request, response)
    return response


def _malformed(request: HttpRequest) -> str:
    """Returns what is wrong with the address itself, "" if nothing is."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return f"The query is longer than {LONGEST_QUERY} bytes."
    try:
        text = unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return "The query is not UTF-8."
    if "\0" in text or "\0" in request.path_info:
        return "The address holds a NUL character."
    return ""
