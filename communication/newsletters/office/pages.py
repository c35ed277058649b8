"""What the office's pages in the admin share: who may see them, and the way back."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..permissions import user_can_export_subscribers

SUBSCRIBERS: Final = "communication_newsletters_subscriber:index"


class OfficeView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for those who have one right, below the list of subscribers."""

    header_icon = "group"
    is_allowed: ClassVar[Callable[[Any], bool]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to everybody else."""
        if not type(self).is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the list of subscribers."""
        above = [{"url": reverse(SUBSCRIBERS), "label": _("Subscribers")}, *self.way()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def way(self) -> list[dict[str, Any]]:
        """Returns what lies between that list and this page."""
        return []


def attachment(lines: Iterator[str], name: str, user: Any) -> StreamingHttpResponse:
    """Returns addresses as a file that nobody keeps on the way.

    Raises:
        PermissionDenied: when this user may not take addresses away.
    """
    if not user_can_export_subscribers(user):
        raise PermissionDenied
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
