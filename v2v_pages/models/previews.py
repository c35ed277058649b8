"""Previews of drafts on the sites of partners, beside that of the site itself."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.models import PreviewableMixin

from v2v_snippets.publication.previews import PreviewError, front_ends, preview_token

MODE: Final = "front-end:"
"""How the names of these preview modes begin."""


class PreviewedElsewhere(PreviewableMixin):
    """Adds a preview mode to a page for each front end that the settings name."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The site's own preview first, and then those of the front ends by their names."""
        elsewhere = ((f"{MODE}{front_end.name}", front_end.name) for front_end in front_ends())
        return [*super().preview_modes, *elsewhere]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Leads to the front end; in the editor's panel, where others cannot be framed, a link."""
        name = mode_name.removeprefix(MODE)
        front_end = next((each for each in front_ends() if each.name == name), None)
        if front_end is None or name == mode_name:
            response: HttpResponse = super().serve_preview(request, mode_name)
            return response
        try:
            url = front_end.url(preview_token(page=self, user=request.user))
        except PreviewError:
            url = ""
        if url and not getattr(request, "in_preview_panel", False):
            return HttpResponseRedirect(url, headers={"Referrer-Policy": "no-referrer"})
        context = {"name": front_end.name, "url": url, "title": _("Preview on another site")}
        return TemplateResponse(request, "v2v_pages/preview_elsewhere.html", context)
