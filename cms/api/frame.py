"""What every address of the API does, whatever stands at it: who may ask, bounds, and mistakes."""

from functools import wraps
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from v2v_snippets.publication.answers import View, for_everybody

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

    shared = for_everybody(answer, refuse=problem, urlconf=f"{__package__}.urls")

    @wraps(shared)
    def visited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = Visit(request, resource)
        response = shared(request, *args, visit=visit, **kwargs)
        return visit.grant(response) if request.method == "OPTIONS" else visit.sign(response)

    return visited


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
