"""Calls what an import changes by the names that editors know from the form."""

from typing import Any, Final

from django.utils.text import capfirst

from ..enums import ConceptDomain, ConceptStatus
from ..models import GlossaryConcept

RELATIONS: Final = {
    "term": "designations",
    "definition": "definitions",
    "relation": "relations",
    "mapping": "mappings",
    "equivalent": "national_equivalents",
}


def shown(concept: dict[str, Any]) -> dict[str, Any]:
    """Returns a concept of a difference, as ``services.glossary_uploads`` keeps it, to be shown."""
    return concept | {
        "domain": dict(ConceptDomain.choices).get(concept["domain"], ""),
        "status": dict(ConceptStatus.choices).get(concept["status"], ""),
        "rows": [
            _shown_row(row) for row in concept["rows"] if row["fields"] or row["table"] != "concept"
        ],
    }


def _shown_row(row: dict[str, Any]) -> dict[str, Any]:
    model: Any = GlossaryConcept
    if row["table"] in RELATIONS:
        model = GlossaryConcept._meta.get_field(RELATIONS[row["table"]]).related_model
    return row | {
        "table": capfirst(model._meta.verbose_name),
        "is_new": row["sign"] == "+",
        "fields": [_shown_field(model, field) for field in row["fields"]],
    }


def _shown_field(model: Any, field: dict[str, str]) -> dict[str, str]:
    known = model._meta.get_field(field["name"])
    labels = {str(value): str(label) for value, label in known.flatchoices}
    return {
        "name": capfirst(known.verbose_name),
        "before": labels.get(field["before"], field["before"]),
        "after": labels.get(field["after"], field["after"]),
    }
