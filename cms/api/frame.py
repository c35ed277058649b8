"""What every address of the API does, whatever stands at it: bounds, and mistakes as problems."""

from functools import wraps
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from v2v_snippets.publication.answers import METHODS, OwnVary, View, for_everybody

from .errors import BadParameterError, answer_to, problem

LONGEST_QUERY: Final = 4096
"""In bytes, percent signs included: ten times what any sensible request needs."""


def framed(view: View) -> View:
    """Returns ``view`` with the manners of the API around it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if mistake := _malformed(request):
            return problem(400, mistake)
        try:
            return view(request, *args, **kwargs)
        except BadParameterError as error:
            return answer_to(request, error)

    return for_everybody(answer, refuse=problem, urlconf=f"{__package__}.urls")


def framed_with_post(view: View) -> View:
    """Returns ``view``, which also takes what is posted to it, with the manners of the API around.

    Other sites' forms may post from their readers' browsers: no cookie is read, so nothing that is
    sent can be somebody else's doing.
    """
    reading = framed(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = (_posted if request.method == "POST" else _read)(request, *args, **kwargs)
        for name in ("Allow", "Access-Control-Allow-Methods"):
            if name in response:
                response[name] = ", ".join([*METHODS, "POST"])
        return response

    def _read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return reading(request, *args, **kwargs)

    def _posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES = {}
        mistake = _malformed(request) or (
            "This address takes no parameters." if request.META.get("QUERY_STRING") else ""
        )
        response = problem(400, mistake) if mistake else view(request, *args, **kwargs)
        response.headers = OwnVary(response.headers)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


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
