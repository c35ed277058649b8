"""Which list an address asks for: one type or all, and of it all or what has one topic or pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import override

from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.listing import (
    ALL_TYPES,
    RecordListing,
    listed_models,
    record_listings,
)
from v2v_snippets.publication.site_name import site_name


@dataclass(frozen=True, slots=True)
class Choice:
    """A list that the site has, for readers of one language."""

    locale: str
    listing_type: str
    name: str
    """What it is called, in that language; "" where it holds everything."""
    models: Sequence[Any]
    """The types of its pages; none where it is a list of records."""
    records: RecordListing | None = None
    filter_name: str = ""
    value: str = ""
    part: str = ""
    """What the part with this value is called, in that language."""

    @property
    def title(self) -> str:
        """The site, the list and the part: "V2V – News articles – Study visits"."""
        return " – ".join(filter(None, [site_name(), self.name, self.part]))

    def narrow(self, pages: Any) -> Any:
        """Keeps of a type's pages those of the chosen part."""
        if not self.filter_name:
            return pages
        lookup = pages.model.listing_filters[self.filter_name].lookup
        return pages.filter(**{lookup: self.value})


def spoken_language(code: str) -> str:
    """Returns the site's language for a code that a page of others says, such as "it-it".

    Raises:
        Http404: when the site does not speak it.
    """
    languages, nearest = content_languages(), code
    while nearest not in languages:
        nearest = nearest.rpartition("-")[0]
        if not nearest:
            raise Http404("The site does not speak this language.")
    return nearest


def choose_list(locale: str, listing_type: str, filter_name: str = "", value: str = "") -> Choice:
    """Returns the list of a type ("news", or "all"), or the part of it with a value.

    Raises:
        Http404: when there is no such language, type or part, saying which.
    """
    if locale not in content_languages():
        raise Http404("The site does not speak this language.")
    models = [m for m in listed_models() if listing_type in {ALL_TYPES, m.listing_type}]
    records = next((r for r in record_listings() if r.listing_type == listing_type), None)
    if not models and records is None:
        raise Http404("There is no list of this type.")
    with override(locale):
        part = ""
        if filter_name:
            models = [model for model in models if filter_name in model.listing_filters]
            part = _part_name(models, filter_name, value)
        name = "" if listing_type == ALL_TYPES else _list_name(models, records)
    return Choice(locale, listing_type, name, models, records, filter_name, value, part)


def _list_name(models: Sequence[Any], records: RecordListing | None) -> str:
    named = models[0]._meta if models else records
    return str(capfirst(named.verbose_name_plural)) if named else ""


def _part_name(models: Sequence[Any], filter_name: str, value: str) -> str:
    if not models:
        raise Http404("This list has no such parts.")
    names = (model.listing_filters[filter_name].name_of(value) for model in models)
    name = next((name for name in names if name is not None), None)
    if name is None:
        raise Http404(f"There is no such {filter_name}.")
    return name
