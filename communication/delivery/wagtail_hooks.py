"""What the admin learns from this app."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_view_workers
from .views import WorkerReportView


class WorkersMenuItem(MenuItem):
    """The way to the report, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether this user may see the workers."""
        return user_can_view_workers(request.user)


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern | URLResolver]:
    """Puts the report beside Wagtail's own."""
    report = [
        path("", WorkerReportView.as_view(), name="workers"),
        path("results/", WorkerReportView.as_view(results_only=True), name="workers_results"),
    ]
    return [path("reports/workers/", include((report, "communication_delivery")))]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """Names the report in the menu."""
    url = reverse("communication_delivery:workers")
    return WorkersMenuItem(_("Workers"), url, name="workers", icon_name="cogs", order=1300)


@hooks.register("register_permissions")
def register_permissions() -> "QuerySet[Permission]":
    """Lets administrators give groups the right to see the report."""
    return Permission.objects.filter(
        content_type__app_label="communication_delivery", codename="view_workerheartbeat"
    )
