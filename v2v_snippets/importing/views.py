"""Import and export of the glossary in the admin: upload, look at the difference, have it written.

A worker does what takes long, so that no page waits for it. The pages say how far it is; without
script, by a link that shows them again.
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..enums import ConceptDomain
from ..exchange.faults import DEFAULT_DOMAIN, UnreadableFileError
from ..exchange.formats import FORMATS
from ..exchange.reading import LARGEST_FILE, format_of, refuse_harm
from ..language.locales import language_choices
from ..models import GlossaryConcept, GlossaryImport
from ..services.glossary_export import export_glossary
from ..services.glossary_import import COMPARING, READING, WRITING, read_file
from ..services.glossary_uploads import agree, discard, may_import, progress_of, upload
from .labels import shown

READ_AT_ONCE: Final = 300_000
"""Bytes of a file that the form itself reads to see whether it can be read."""
PAGE: Final = 50
"""Concepts of a difference on one page."""
RECENT: Final = 20
STEPS: Final = {
    READING: (10, gettext_lazy("The file is being read.")),
    COMPARING: (60, gettext_lazy("It is being compared with the glossary.")),
    WRITING: (30, gettext_lazy("The concepts are being written.")),
}
"""How much of a hundred is done when a step begins, and what it is called."""


class ImportForm(forms.Form):
    """Asks for a file, and for what it does not say itself."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "SKOS (.ttl, .jsonld, .rdf), TBX-Basic (.tbx), CSV in UTF-8 or Excel (.xlsx), up to "
            "20 MB. Nothing is written before you have seen what would change."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{known}" for known in FORMATS)}),
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Domain of new concepts"),
        choices=ConceptDomain.choices,
        initial=DEFAULT_DOMAIN,
        help_text=gettext_lazy("If the file does not say it."),
    )
    source = forms.URLField(
        label=gettext_lazy("Beginning of the identifiers"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Only for files of others whose identifiers are not web addresses: the address with "
            "which they begin. By it a concept is known again in the next import."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Refuses at once what cannot be read; large files are read later, by the worker."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            try:
                self._check(file, cleaned)
            except UnreadableFileError as error:
                self.add_error("file", ValidationError(str(error), code="unreadable"))
        return cleaned

    def _check(self, file: Any, cleaned: dict[str, Any]) -> None:
        extension = format_of(file.name)
        if file.size > LARGEST_FILE:
            raise UnreadableFileError(_("The file is larger than 20 MB: import it in parts."))
        content = file.read()
        refuse_harm(content, extension)
        if len(content) <= READ_AT_ONCE:
            source = cleaned.get("source", "")
            read_file(content=content, extension=extension, source=source)
        cleaned |= {"content": content, "extension": extension, "file_name": file.name}


class ExportForm(forms.Form):
    """Asks which part of the glossary goes into a file; with nothing chosen, all of it does."""

    domain = forms.ChoiceField(
        label=capfirst(gettext_lazy("domain")),
        choices=[*BLANK_CHOICE_DASH, *ConceptDomain.choices],
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=lambda: [*BLANK_CHOICE_DASH, *language_choices()],
        required=False,
    )

    @property
    def concepts(self) -> Any:
        """Returns the concepts of the chosen domain, drafts and retired ones too."""
        domain = self.cleaned_data["domain"]
        return GlossaryConcept.objects.filter(**({"domain": domain} if domain else {}))

    @property
    def file_name(self) -> str:
        """Returns what the file is called, without its ending: "glossary-vet_systems-it"."""
        parts = (self.cleaned_data["domain"], self.cleaned_data["language"])
        return "-".join(["glossary", *filter(None, parts)])


class ImportingView(WagtailAdminTemplateMixin):
    """What the pages of the import share: who may see them, and where they lie."""

    header_icon = "openquote"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to whoever may not publish concepts."""
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the list of concepts."""
        concepts = GlossaryConcept.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": reverse(concepts.get_url_name("list")), "label": _("Concepts")},
            *self.trail(),
        ]

    def trail(self) -> list[dict[str, Any]]:
        """Returns where this page lies below the list of concepts."""
        return [{"url": "", "label": self.get_page_title()}]


class ImportListView(ImportingView, TemplateView):
    """Takes a file, and lists the imports of the last weeks and the files to be downloaded."""

    template_name = "v2v_snippets/imports/list.html"
    page_title = gettext_lazy("Import and export")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keeps the file for the worker, or says what is wrong with it."""
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        names = ("content", "file_name", "extension", "domain", "source")
        values = {name: form.cleaned_data[name] for name in names}
        found = upload(**values, user=request.user)
        return redirect("v2v_glossary_imports:show", found.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the lists."""
        recent = GlossaryImport.objects.select_related("user")
        fields = ("file_name", "state", "created_at", "user")
        lists = {"imports": recent.only(*fields)[:RECENT], "formats": list(FORMATS)}
        forms = {"form": ImportForm(), "export_form": ExportForm(auto_id="export_%s")}
        return super().get_context_data(**{**forms, **lists, **kwargs})


class ImportView(ImportingView, TemplateView):
    """One import: how far it is, what it changes, and the decision about it."""

    template_name = "v2v_snippets/imports/show.html"

    @cached_property
    def upload(self) -> GlossaryImport:
        """The import, without the file."""
        imports = GlossaryImport.objects.select_related("user").defer("content")
        return get_object_or_404(imports, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Names the file."""
        return self.upload.file_name

    def trail(self) -> list[dict[str, Any]]:
        """Leads back to the list of imports."""
        above = {"url": reverse("v2v_glossary_imports:list"), "label": ImportListView.page_title}
        return [above, *super().trail()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds progress while somebody waits, and the difference once there is one."""
        difference = self.upload.difference
        concepts = Paginator(difference.get("concepts", []), PAGE)
        page = concepts.get_page(self.request.GET.get("p"))
        step, done, total = progress_of(self.upload)
        percent, label = STEPS.get(step, (0, _("The import waits for the worker.")))
        return super().get_context_data(
            upload=self.upload,
            step=label,
            percent=percent + (done * (100 - percent) // total if total else 0),
            done=done,
            total=total,
            difference=difference,
            concepts=[shown(concept) for concept in page],
            page_obj=page,
            left_out=difference.get("new", 0) + difference.get("changed", 0) - concepts.count,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Has the difference written, or forgets the import."""
        if "discard" in request.POST:
            if discard(upload=self.upload):
                messages.success(request, _("The import is discarded; nothing was written."))
            return redirect("v2v_glossary_imports:list")
        if not agree(upload=self.upload):
            messages.warning(request, _("There was nothing to be written: look at its state."))
        return redirect("v2v_glossary_imports:show", self.upload.pk)


class ExportView(View):
    """Gives out concepts as a file: all, or those of a domain, or in one language alone."""

    def get(self, request: HttpRequest, extension: str) -> HttpResponse:
        """Writes the file; 403 for those who may not see concepts.

        Raises:
            Http404: when there is no such format.
            BadRequest: when there is no such domain or language.
        """
        if not request.user.has_perm("v2v_snippets.view_glossaryconcept"):
            raise PermissionDenied
        form = ExportForm(request.GET)
        if extension not in FORMATS:
            raise Http404
        if not form.is_valid():
            raise BadRequest(form.errors.as_text())
        language = form.cleaned_data["language"]
        content = export_glossary(concepts=form.concepts, extension=extension, language=language)
        response = HttpResponse(content, content_type=FORMATS[extension].media_type)
        response["Content-Disposition"] = f'attachment; filename="{form.file_name}.{extension}"'
        return response
