"""What operators see of the workers in Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusFlagColumn
from wagtail.admin.views.reports import ReportView

from .models import WorkerHeartbeat
from .selectors import JobReport, job_reports


class WorkerReportView(ReportView):
    """Lists what each worker does, so that nobody needs a shell to see that all is well."""

    model = WorkerHeartbeat
    page_title = _("Workers")
    header_icon = "cogs"
    any_permission_required = ["view"]
    index_url_name = "communication_delivery:workers"
    index_results_url_name = "communication_delivery:workers_results"
    no_results_message = _("No worker is running: nothing is published or taken down at its time.")
    columns = [
        Column("worker", label=_("Worker")),
        StatusFlagColumn(
            "is_alive", label=_("State"), true_label=_("at work"), false_label=_("silent")
        ),
        DateColumn("worker.beat_at", label=_("Last sign of life"), accessor="worker.beat_at"),
        Column("job", label=_("Job")),
        DateColumn("last_run_at", label=_("Last run")),
        Column("done", label=_("Done")),
        Column("failed", label=_("Failed")),
        DateColumn("last_error_at", label=_("Last error at")),
        Column("last_error", label=_("Last error")),
    ]

    def get_queryset(self) -> list[JobReport]:
        """Returns the reports, which are no rows of one table."""
        return job_reports()

    def filter_queryset(self, queryset: Any) -> Any:
        """Returns everything: there is nothing to filter by."""
        return queryset
