"""The two pages that stand at no place in the tree: nothing found, and nothing works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from .frame import Frame
from .suggestions import question_of, suggested_links


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Helps a reader on, in their language and within the frame of the site (``handler404``)."""
    del exception  # why nothing was found is no news to a reader
    frame = Frame(request)
    context = {
        "frame": frame,
        "text_language": frame.reader,
        "suggestions": suggested_links(request, frame),
        "question": question_of(request.path),
    }
    return render(request, "v2v_pages/404.html", context, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Apologises without asking the database, which may be what is broken (``handler500``)."""
    context = {"language": get_language() or "en"}
    return HttpResponse(render_to_string("v2v_pages/500.html", context), status=500)
