"""Makes what tests of the mobility process need: a process, modules, steps."""

from typing import Any

import factory

from tests.factories import ArticlePageFactory, PageFactory
from v2v_pages.models import MobilityModulePage, MobilityProcessPage


class MobilityProcessPageFactory(ArticlePageFactory):
    """A process without phases; ``phases=[phase(module)]`` adds some."""

    title = "Mobility process"
    slug = "process"

    class Meta:
        model = MobilityProcessPage


class MobilityModulePageFactory(PageFactory):
    """A module without steps; ``steps=[step()]`` adds some."""

    title = factory.Sequence(lambda n: f"Module {n}")

    class Meta:
        model = MobilityModulePage


def step(title: str = "Agree", **fields: Any) -> tuple[str, dict[str, Any]]:
    """Returns a step for everybody, eight weeks before departure."""
    usual = {"amount": 8, "unit": "weeks", "side": "before", "text": "<p>Together.</p>"}
    return "step", {"title": title, **usual, **fields}


def phase(*modules: Any, title: str = "Before") -> tuple[str, dict[str, Any]]:
    """Returns a phase of these modules."""
    return "phase", {"title": title, "text": "Why.", "modules": list(modules)}


def fill(process: Any, *phases: Any) -> Any:
    """Publishes a process with these phases."""
    process.phases = list(phases)
    process.save_revision().publish()
    return process
