"""Indicators and profiles of VET systems, read from ``vet_systems.toml``: samples, one and all."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from v2v_pages.models import VETProgramme, VETValue
from v2v_pages.models.vet_rows import FIELD_OF_KIND
from v2v_snippets.enums import IndicatorKind
from v2v_snippets.models import Country, VETIndicator, VETIndicatorText

from .identifiers import identifier
from .records import checked

SYSTEMS: Final = Path(__file__).parent / "vet_systems.toml"
SAMPLE: Final = {"is_sample": True, "year": 2021}


@cache
def content() -> dict[str, Any]:
    """Returns what ``vet_systems.toml`` says."""
    return tomllib.loads(SYSTEMS.read_text(encoding="utf-8"))


def load_indicators() -> None:
    """Saves the catalogue with its labels in all languages; expects that there is none."""
    for position, row in enumerate(content()["indicators"]):
        indicator = checked(
            VETIndicator(key=row["key"], group=row["group"], kind=row["kind"], position=position)
        )
        for language, label in row["labels"].items():
            explanation = row["explanation"] if language == "en" else ""
            checked(
                VETIndicatorText(
                    indicator=indicator, language=language, label=label, explanation=explanation
                )
            )


def system_fields(name: str) -> dict[str, Any]:
    """Returns country, values and programmes of a page of the demo; nothing of other pages."""
    system = content()["systems"].get(name)
    if system is None:
        return {}
    indicators = {indicator.key: indicator for indicator in VETIndicator.objects.all()}
    return {
        "country": Country.objects.get(code=system["country"]),
        "vet_values": [
            _value(indicators[key], value, identifier("vet", name, key))
            for key, value in system["values"].items()
        ],
        "vet_programmes": [
            VETProgramme(
                **SAMPLE,
                **row,
                sort_order=order,
                translation_key=identifier("vet", name, "programme", order),
            )
            for order, row in enumerate(system.get("programmes", []))
        ],
    }


def _value(indicator: VETIndicator, content: Any, key: Any) -> VETValue:
    field = FIELD_OF_KIND[IndicatorKind(indicator.kind)]
    value = Decimal(content) if field == "number" else content
    return VETValue(indicator=indicator, translation_key=key, **{field: value}, **SAMPLE)
