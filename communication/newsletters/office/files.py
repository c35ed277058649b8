"""Import and export of subscribers in the admin: upload, look at the difference, have it written.

A worker does what takes long, so that no page waits for it. The pages say how far it is; without
script, by a link that shows them again.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from ..enums import ConsentSource, ImportOutcome, ImportState
from ..exchange.writing import write_rows
from ..models import Subscriber, SubscriberImport
from ..permissions import (
    user_can_erase_subscribers,
    user_can_import_subscribers,
)
from ..services.erasing import erase
from ..services.exporting import rows_of_all
from ..services.uploads import agree, discard, upload
from . import journal
from .forms import ImportForm
from .pages import SUBSCRIBERS, OfficeView, attachment

RECENT: Final = 20


class ImportListView(OfficeView):
    """Takes a file, and lists the imports of the last weeks."""

    template_name = "communication_newsletters/admin/imports.html"
    page_title = gettext_lazy("Import of subscribers")
    is_allowed = user_can_import_subscribers

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keeps the file for the worker, or says what is wrong with it."""
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        names = ("mailing_list", "locale", "consent_source")
        found = upload(
            content=form.content,
            file_name=form.cleaned_data["file"].name,
            user=request.user,
            **{name: form.cleaned_data[name] for name in names},
        )
        return redirect("communication_newsletters_files:show", found.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the list."""
        recent = SubscriberImport.objects.select_related("user")
        fields = ("file_name", "state", "created_at", "user")
        lists = {"imports": recent.only(*fields)[:RECENT]}
        return super().get_context_data(**{"form": ImportForm(), **lists, **kwargs})


class ImportView(OfficeView):
    """One import: how far it is, what it changes, and the decision about it."""

    template_name = "communication_newsletters/admin/import.html"
    is_allowed = user_can_import_subscribers

    @cached_property
    def upload(self) -> SubscriberImport:
        """The import, without the file."""
        imports = SubscriberImport.objects.select_related("user").defer("content")
        return get_object_or_404(imports, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Names the file."""
        return self.upload.file_name

    def way(self) -> list[dict[str, Any]]:
        """Leads back to the list of imports."""
        url = reverse("communication_newsletters_files:list")
        return [{"url": url, "label": ImportListView.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the difference counts, by the names that people know."""
        difference = self.upload.difference
        counts = difference.get("counts", {})
        labels = dict(ImportOutcome.choices)
        changes = [
            {**change, "outcome": labels[change["outcome"]]}
            for change in difference.get("changes", [])
        ]
        return super().get_context_data(
            upload=self.upload,
            difference=difference,
            counts=[(label, counts.get(outcome, 0)) for outcome, label in labels.items()],
            changes=changes,
            is_compared=self.upload.state == ImportState.COMPARED,
            is_written=self.upload.state == ImportState.WRITTEN,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Has the difference written, or forgets the import."""
        if "discard" in request.POST:
            if discard(upload=self.upload):
                messages.success(request, _("The import is discarded; nothing was written."))
            return redirect("communication_newsletters_files:list")
        if not agree(upload=self.upload):
            messages.warning(request, _("There was nothing to be written: look at its state."))
        return redirect("communication_newsletters_files:show", self.upload.pk)


class ExportView(View):
    """Gives out all subscribers as a file that the import reads again."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """Writes the file line by line; 403 for those who may not have it."""
        name = f"subscribers-{timezone.localdate():%Y-%m-%d}"
        answer = attachment(write_rows(rows_of_all()), name, request.user)
        journal.note_export(request.user)
        return answer


class EraseView(OfficeView):
    """Erases somebody who has asked the office for it."""

    template_name = "communication_newsletters/admin/erase.html"
    page_title = gettext_lazy("Erase")
    is_allowed = user_can_erase_subscribers

    @cached_property
    def subscriber(self) -> Subscriber:
        """Whom it is about."""
        return get_object_or_404(Subscriber, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whom it is about."""
        return super().get_context_data(subscriber=self.subscriber, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Erases, and returns to the list."""
        journal.note_erasure(self.subscriber, request.user)
        erase(address=self.subscriber.address, source=ConsentSource.OFFICE)
        messages.success(request, _("Everything about this address is erased."))
        return redirect(SUBSCRIBERS)
