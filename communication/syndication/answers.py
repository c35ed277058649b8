"""What all addresses for other sites do: no parameters by chance, mistakes in a plain sentence."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from v2v_snippets.publication.answers import View
from v2v_snippets.publication.answers import for_everybody as answer_everybody


def for_everybody(
    view: View, *, urlconf: str = f"{__package__}.urls", takes_parameters: bool = False
) -> View:
    """Lets ``view``, which knows GET alone, answer any reader and any cache."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.META.get("QUERY_STRING") and not takes_parameters:
            return refusal(400, "This address takes no parameters: leave out all from ? on.")
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            return refusal(404, str(error))

    return answer_everybody(answer, refuse=refusal, urlconf=urlconf)


def refusal(status: int, reason: str) -> HttpResponse:
    """Returns an error as a plain sentence, which programs and people can read."""
    response = HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Content-Language"] = "en"
    return response
