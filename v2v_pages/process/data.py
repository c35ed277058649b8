"""A process in schema.org's vocabulary: https://schema.org/HowTo."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags

from ..structured_data import without_empty
from .steps import Phase, Step


def process_data(title: str, phases: Iterable[Phase], address: str) -> dict[str, Any]:
    """Returns the phases as sections of a guide; ``address`` is that of the page."""
    sections = [
        without_empty(
            {
                "@type": "HowToSection",
                "name": phase.title,
                "description": phase.text,
                "itemListElement": [_step(step, address) for step in phase.steps],
            }
        )
        for phase in phases
        if phase.steps
    ]
    return {"@type": "HowTo", "name": title, "step": sections} if sections else {}


def _step(step: Step, address: str) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "HowToStep",
            "name": step.title,
            "text": strip_tags(step.html),
            "url": f"{address}#step-{step.number}",
            "inLanguage": step.language,
        }
    )
