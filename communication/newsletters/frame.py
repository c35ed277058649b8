"""The frame of the site that has us, around pages that anybody may see, and where it leads."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from v2v_snippets.language.reading import readers_language

OWN_BASE: Final = "communication_newsletters/base.html"


def framed(
    request: HttpRequest,
    *,
    title: str,
    paths: Mapping[str, str],
    description: str = "",
    language: str = "",
    translations: Collection[str] | None = None,
) -> dict[str, Any]:
    """Returns what the template around a page needs.

    ``V2V_NEWSLETTERS_BASE_TEMPLATE`` names that template, and ``V2V_NEWSLETTERS_CONTEXT`` a
    function that returns what it needs: it is called with the request and all of these.

    Args:
        request: For the page.
        title: Of the page.
        paths: Where it is read, by language.
        description: What search engines show below the title; "" where they are to stay away.
        language: Of the text, where readers may get it in another than theirs.
        translations: The languages in which it exists; None: in each of ``paths``.
    """
    reader, context = readers_language(), dict[str, Any]()
    if name := getattr(settings, "V2V_NEWSLETTERS_CONTEXT", ""):
        read: Callable[..., dict[str, Any]] = import_string(name)
        context = read(
            request,
            title=title,
            description=description,
            paths=paths,
            language=language or reader,
            translations=set(paths if translations is None else translations),
        )
    base = getattr(settings, "V2V_NEWSLETTERS_BASE_TEMPLATE", OWN_BASE)
    own = {"title": title, "description": description, "reader": reader}
    return {**context, **own, "base_template": base}


def privacy_url(request: HttpRequest) -> str:
    """Returns the path of the page on which readers learn what happens to their address.

    ``V2V_PRIVACY_URL`` names a function of the request that returns it; without one, or where it
    knows of none, it is "".
    """
    name = getattr(settings, "V2V_PRIVACY_URL", "")
    if not name:
        return ""
    read: Callable[[HttpRequest], str] = import_string(name)
    return read(request)
