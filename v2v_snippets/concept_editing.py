"""What the admin does otherwise with concepts than with other records."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChosenView
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from .services.glossary import locked_termbase
from .services.glossary_uploads import may_import


class ConceptListView(IndexView):
    """Finds concepts by what any of their terms folds to."""

    def search_queryset(self, queryset: Any) -> Any:
        """Searches the terms of all languages and scripts."""
        return queryset.found_by(self.search_query) if self.is_searching else queryset

    @property
    def header_buttons(self) -> list[Any]:
        """Offers the import to those who may publish concepts."""
        buttons: list[Any] = super().header_buttons
        if not may_import(self.request.user):
            return buttons
        url = reverse("v2v_glossary_imports:list")
        button = HeaderButton(_("Import and export"), url=url, icon_name="upload")
        return [*buttons, button]


class ConceptCreateView(CreateView):
    """Checks and writes in one go, so that what was checked still holds."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Writes while nobody else does."""
        with locked_termbase():
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class ConceptEditView(EditView):
    """Checks and writes in one go, so that what was checked still holds."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Writes while nobody else does."""
        with locked_termbase():
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class ConceptSearchForm(BaseFilterForm):
    """The search of the chooser, which Wagtail has for indexed models only."""

    q = forms.CharField(label=_("Any term"), required=False)

    def filter(self, objects: Any) -> Any:
        """Keeps what any term of it fits."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.found_by(self.search_query) if self.is_searching else objects


class ConceptChooseView(ChooseView):
    """Where another concept is chosen."""

    filter_form_class = ConceptSearchForm

    @property
    def columns(self) -> list[Column]:
        """Shows the name alone: the state would cost two questions a row."""
        return [self.title_column]

    def get_object_list(self) -> Any:
        """Loads the terms, by which the concepts are called."""
        return super().get_object_list().with_names()


class ConceptChooseResultsView(ChooseResultsView):
    """The list in it."""

    filter_form_class = ConceptSearchForm

    @property
    def columns(self) -> list[Column]:
        """Shows the name alone: the state would cost two questions a row."""
        return [self.title_column]

    def get_object_list(self) -> Any:
        """Loads the terms, by which the concepts are called."""
        return super().get_object_list().with_names()


class ConceptChosenView(SnippetChosenView):
    """What was chosen, as fields and running text keep it."""

    def get_chosen_response_data(self, item: Any) -> dict[str, Any]:
        """Adds what running text stores, and the words to insert where none were selected."""
        names = {"identifier": item.identifier, "term": item.name or item.identifier}
        return {**super().get_chosen_response_data(item), **names}
