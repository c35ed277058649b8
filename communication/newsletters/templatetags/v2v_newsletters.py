"""The form to subscribe, for any template."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import override

from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.sites import roots_of, site_for
from v2v_snippets.publication.urls import url_in

from ..selectors import public_archives
from ..subscribers.subscribe_form import fresh_form

register = template.Library()


@register.inclusion_tag(
    "communication_newsletters/subscribe_form.html", takes_context=True, name="subscribe_form"
)
def show_subscribe_form(context: Any) -> dict[str, Any]:
    """Shows the form; several on one page have different ids."""
    return _numbered_form(context)


@register.simple_tag(takes_context=True)
def fresh_subscribe_form(context: Any) -> dict[str, Any]:
    """Returns the same as ``fresh`` and ``prefix``, for templates that show more around it."""
    return _numbered_form(context)


def _numbered_form(context: Any) -> dict[str, Any]:
    request = context.get("request")
    number = getattr(request, "v2v_forms_shown", 0) + 1
    if request is not None:
        request.v2v_forms_shown = number
    fresh = fresh_form(request)
    fresh.form.auto_id = f"subscribe-{number}-%s"
    return {"fresh": fresh, "prefix": f"subscribe-{number}"}


@register.simple_tag
def subscribe_url() -> str:
    """Returns the path of the form's own page, in the reader's language."""
    with override(readers_language()):
        return reverse("communication_newsletters:subscribe")


@register.simple_tag(takes_context=True)
def first_archive(context: Any) -> Any:
    """Returns the archive of the site, in the reader's best language; None where there is none."""
    request = context.get("request")
    archives = public_archives(readers_language())
    roots = [root.root_path for root in roots_of(site_for(request) if request else None)]
    return next((each for each in archives if each.url_path.startswith(tuple(roots))), None)


@register.simple_tag(takes_context=True)
def archive_url(context: Any, page: Any) -> str:
    """Returns the path under which readers of the page being written read one of the archive."""
    return url_in(page, readers_language(), context.get("request"))
