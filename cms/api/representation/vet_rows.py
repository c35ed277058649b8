"""Values and programmes of all VET systems of one answer: each kind of row loaded once."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.apps import apps

from v2v_snippets.enums import NUMERIC_KINDS
from v2v_snippets.models import Country, VETIndicator
from v2v_snippets.publication.listing import ListingText


class VETRows:
    """Writes the rows of these pages, for a reader of ``language``."""

    def __init__(self, pages: Iterable[Any], language: str, *, is_draft: bool = False) -> None:
        model = apps.get_model("v2v_pages", "VETSystemPage")
        self._systems = [page for page in pages if isinstance(page, model)]
        self._language = language
        self._is_draft = is_draft

    @cached_property
    def profiles(self) -> dict[int, Any]:
        """What is documented of each, by the primary key of the page."""
        if not self._systems:
            return {}
        if self._is_draft:
            return {system.pk: system.profile for system in self._systems}
        profiles = type(self._systems[0]).read_profiles(self._systems)
        return {profile.page.pk: profile for profile in profiles}

    @cached_property
    def indicators(self) -> list[VETIndicator]:
        """All indicators, in their order."""
        return list(VETIndicator.objects.catalogue())

    @cached_property
    def countries(self) -> dict[int, Country]:
        """The countries of the systems, by primary key."""
        return Country.objects.in_bulk({page.country_id for page in self._systems})

    def values(self, page: Any) -> list[dict[str, Any]]:
        """Returns all values of a system, in the order of the indicators."""
        values = (self.value(page, indicator) for indicator in self.indicators)
        return [value for value in values if value is not None]

    def value(self, page: Any, indicator: VETIndicator) -> dict[str, Any] | None:
        """Returns one value of a system; None where it is not documented."""
        row = self.profiles[page.pk].values.get(indicator.pk)
        if row is None:
            return None
        about = self.about(indicator)
        content = row.facts.content
        data = {
            **{name: about[name] for name in ("indicator", "group", "kind", "label")},
            **_source(row.facts),
            "note": _text(row.note),
            "value": content,
        }
        if indicator.kind in NUMERIC_KINDS:
            data |= {"value": float(content), "unit": about["unit"]}
        elif row.text:
            data["value"] = _text(row.text)
        return data

    def about(self, indicator: VETIndicator) -> dict[str, Any]:
        """Returns an indicator without values."""
        words = indicator.text_in(self._language)
        return {
            "indicator": indicator.key,
            "group": indicator.group,
            "kind": indicator.kind,
            "label": _words(words, "label"),
            "explanation": _words(words, "explanation"),
            "unit": words.unit if words else "",
        }

    def programmes(self, page: Any) -> list[dict[str, Any]]:
        """Returns the programmes of a system."""
        return [_programme(row) for row in self.profiles[page.pk].programmes]


def _programme(row: Any) -> dict[str, Any]:
    facts = row.facts
    plain = ("eqf_level", "isced_level", "age_from", "age_to", "work_based_share")
    duration = facts.duration_years
    return {
        "name": {"text": facts.name, "language": facts.language},
        "gloss": _text(row.gloss),
        **{name: getattr(facts, name) for name in plain},
        "duration_years": None if duration is None else float(duration),
        "leads_to": _text(row.leads_to),
        "admission_note": _text(row.admission_note),
        "concept": row.equivalent.concept.identifier if row.equivalent else None,
        **_source(facts),
    }


def _source(facts: Any) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ("year", "source", "source_url", "is_sample")}


def _text(text: ListingText | None) -> dict[str, str] | None:
    return {"text": text.text, "language": text.language} if text else None


def _words(row: Any, name: str) -> dict[str, str] | None:
    text = getattr(row, name, "")
    return {"text": text, "language": row.language} if text else None
