"""Turns a refusal to publish into a sentence for the editor, wherever it was asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

from .services.publishing import IncompleteTranslationError


class RefusalMiddleware:
    """Leads back, with the reason, whoever would publish a translation that is not complete.

    The editors, bulk actions and the review all publish in their own ways; none of them expects to
    be refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lets every request pass."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers where a translation was refused; everything else is somebody else's."""
        if not isinstance(exception, IncompleteTranslationError):
            return None
        messages.error(request, " ".join(exception.messages))
        back = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, require_https=request.is_secure()
        )
        address = resolve_url(back if is_ours else "wagtailadmin_home")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # the dialog of a review, which goes wherever it is sent
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
