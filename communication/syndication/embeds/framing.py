"""Lets other sites frame an answer, and nothing in it do anything."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from v2v_snippets.publication.answers import View

from ..answers import for_everybody

URLCONF: Final = f"{__package__}.urls"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors *"
)
"""As strict as that of the public site, but that any page may hold the frame."""

for_any_site: Final[Callable[[View], View]] = partial(for_everybody, urlconf=URLCONF)
for_any_site_with_parameters: Final[Callable[[View], View]] = partial(
    for_everybody, urlconf=URLCONF, takes_parameters=True
)


def framed(view: View) -> View:
    """Lets any site show the answer of ``view`` in a frame; search engines leave it alone."""
    answer = for_any_site(view)

    @csrf_exempt
    @xframe_options_exempt
    @wraps(view)
    def in_a_frame(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = answer(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["X-Robots-Tag"] = "noindex"
        return response

    return in_a_frame
