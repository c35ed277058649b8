"""By what editors filter the lists of records."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from .language.locales import language_choices
from .models import GlossaryConcept


class ConceptFilterSet(WagtailFilterSet):
    """Domain, status, and the language in which a concept has no preferred term yet."""

    missing = django_filters.ChoiceFilter(
        label=_("No preferred term in"), choices=language_choices, method="filter_missing"
    )

    class Meta:
        model = GlossaryConcept
        fields = ["domain", "status"]

    def filter_missing(self, concepts: Any, _name: str, language: str) -> Any:
        """Keeps what still wants a term in this language."""
        return concepts.without_term_in(language)
