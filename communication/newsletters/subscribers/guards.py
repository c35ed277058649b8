"""What keeps other sites' pages and robots away from the forms, without a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

TRAP: Final = "website"
"""Name of a field that no human sees, and that robots like to fill."""

OWN_SITE: Final = frozenset({"", "none", "same-origin"})
"""What browsers say of a form that was sent from this very site, and what others leave out."""

View = Callable[..., HttpResponse]


def from_this_site(view: View) -> View:
    """Refuses forms that a browser sends from the page of another site.

    It stands in for Django's token, which needs a cookie: every browser names the origin of a form
    (Fetch, 3.1), and no page can make it name another one.
    """

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_own(request):
            raise PermissionDenied("This form was sent from another site.")
        return view(request, *args, **kwargs)

    return wrapped


def fell_into_trap(data: Any) -> bool:
    """Tells whether somebody has filled the field that no human sees."""
    return bool(data.get(TRAP))


def _is_own(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "") in OWN_SITE
    own = urlsplit(origin)
    return origin in settings.CSRF_TRUSTED_ORIGINS or (
        own.scheme == request.scheme and own.netloc == request.get_host()
    )
