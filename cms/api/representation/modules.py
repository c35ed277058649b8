"""The modules of all processes of one answer: three queries, however many there are."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.apps import apps
from wagtail.models import Page

from v2v_pages.process.reading import items, modules_by_key
from v2v_snippets.models import Country


class Modules:
    """Modules by the key that phases store, and the countries that tips are about."""

    def __init__(self, pages: Iterable[Page], language: str) -> None:
        self._pages = list(pages)
        self._language = language

    @cached_property
    def by_key(self) -> dict[int, Any]:
        """The public modules that the phases of these pages name: two queries."""
        model = apps.get_model("v2v_pages", "MobilityProcessPage")
        keys = {
            key
            for page in self._pages
            if isinstance(page, model)
            for block in page.phases.raw_data
            for key in items(block["value"], "modules")
            if key
        }
        return modules_by_key(keys, self._language)

    @cached_property
    def countries(self) -> dict[int, Country]:
        """All countries: one query."""
        return {country.pk: country for country in Country.objects.all()}
