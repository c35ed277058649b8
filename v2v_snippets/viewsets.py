"""Where editors find and change the reference data."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusFlagColumn, UpdatedAtColumn
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .concept_editing import (
    ConceptChooseResultsView,
    ConceptChooseView,
    ConceptChosenView,
    ConceptCreateView,
    ConceptEditView,
    ConceptListView,
)
from .filters import ConceptFilterSet
from .models import (
    Country,
    FundingStatement,
    GlossaryConcept,
    MobilityTopic,
    Partner,
    PersonConsent,
    Team,
    Twinning,
    VETIndicator,
)
from .panels import concept_panels


class RecordViewSet(SnippetViewSet):
    """What all lists of records share; who may not change a record can look at it."""

    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "public_id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists each record once, in however many of its languages a search finds it."""
        return self.model._default_manager.distinct()


class PartnerViewSet(RecordViewSet):
    """Schools and networks, found by any of their names."""

    model = Partner
    icon = "group"
    list_display = ["short_name", "kind", "side", "country", "city", "is_lead"]
    list_filter = ["kind", "side", "country"]
    search_fields = ["short_name", "official_name", "aliases__name", "city", "texts__description"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the countries, which the list shows."""
        return super().get_queryset(request).with_texts()


class TwinningViewSet(RecordViewSet):
    """Pairs of schools, found by the name of either."""

    model = Twinning
    icon = "link"
    list_display = ["number", "european_school", "balkan_school", "status"]
    list_filter = ["status"]
    search_fields = ["european_school__short_name", "balkan_school__short_name", "texts__goals"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the schools, which the list shows."""
        return super().get_queryset(request).with_schools()


class TeamViewSet(RecordViewSet):
    """The three teams and who sits in them."""

    model = Team
    icon = "user"
    list_display = ["kind"]
    list_filter = ["kind"]
    search_fields = ["kind", "memberships__partner__short_name"]


class CountryViewSet(RecordViewSet):
    """Countries, found by code or by name in any language."""

    model = Country
    icon = "site"
    list_display = ["code", "name", "footnote_mark"]
    list_filter = ["footnote_mark"]
    search_fields = ["code", "texts__name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the names, which the list shows."""
        return super().get_queryset(request).prefetch_related("texts")


class MobilityTopicViewSet(RecordViewSet):
    """Topics of the repository, found by name in any language."""

    model = MobilityTopic
    icon = "list-ul"
    list_display = ["name", "slug", "sort_order"]
    search_fields = ["slug", "texts__name", "texts__description"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the names, which the list shows."""
        return super().get_queryset(request).prefetch_related("texts")


class FundingStatementViewSet(RecordViewSet):
    """Prescribed wordings, found by grant or by their text."""

    model = FundingStatement
    icon = "tag"
    list_display = ["grant"]
    list_filter = ["texts__status", "texts__language"]
    search_fields = ["grant", "texts__text", "texts__source"]


class PersonConsentViewSet(RecordViewSet):
    """Consents, found by the person."""

    model = PersonConsent
    icon = "key"
    list_display = ["person_name", "role", "scope", "given_on", "valid_until", "withdrawn_on"]
    list_filter = ["scope", "partner", "valid_until"]
    search_fields = ["person_name", "role"]


class VETIndicatorViewSet(RecordViewSet):
    """What is said of VET systems, found by key or by label in any language."""

    model = VETIndicator
    icon = "list-ul"
    list_display = ["__str__", "key", "group", "kind", "position"]
    list_filter = ["group", "kind"]
    search_fields = ["key", "texts__label"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the labels, which the list shows."""
        return super().get_queryset(request).prefetch_related("texts")


class ConceptChooserViewSet(SnippetChooserViewSet):
    """The chooser of concepts, which finds them by any term."""

    choose_view_class = ConceptChooseView
    choose_results_view_class = ConceptChooseResultsView
    chosen_view_class = ConceptChosenView


class GlossaryConceptViewSet(RecordViewSet):
    """Concepts with the words of all languages on one screen, found by any of them."""

    model = GlossaryConcept
    icon = "openquote"
    list_display = [
        "identifier",
        Column("name", label=_("Preferred term")),
        "domain",
        "status",
        # Wagtail's own column asks two questions a row
        StatusFlagColumn(
            "live", label=_("Published"), true_label=_("published"), false_label=_("not published")
        ),
        UpdatedAtColumn(),
    ]
    filterset_class = ConceptFilterSet
    search_fields = ["identifier"]
    edit_handler = concept_panels()
    index_view_class = ConceptListView
    add_view_class = ConceptCreateView
    edit_view_class = ConceptEditView
    chooser_viewset_class = ConceptChooserViewSet
    inspect_view_fields = ["identifier", "name", "domain", "status", "replaced_by"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Loads the terms, which the list shows."""
        return self.model._default_manager.with_names()


class ProjectViewSetGroup(SnippetViewSetGroup):
    """One menu for the project's records."""

    menu_label = _("Project")
    menu_icon = "group"
    menu_name = "project"
    menu_order = 150
    items = (
        PartnerViewSet,
        TwinningViewSet,
        TeamViewSet,
        CountryViewSet,
        MobilityTopicViewSet,
        FundingStatementViewSet,
        PersonConsentViewSet,
        VETIndicatorViewSet,
        GlossaryConceptViewSet,
    )
