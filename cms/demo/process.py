"""The demo's mobility process in outline: modules from ``process.toml``, each written once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from v2v_pages.models import MobilityModulePage
from v2v_snippets.models import Country

from .identifiers import identifier
from .pages import find_page, publish
from .streams import stream

PROCESS: Final = Path(__file__).parent / "process.toml"
PAGE: Final = "process"
EMPTY: Final[dict[str, Any]] = {
    "direction": "", "amount": None, "unit": "weeks", "side": "before", "text": "", "inputs": [],
    "checklist": [], "documents": [], "tips": [],
}  # fmt: skip


@cache
def content() -> dict[str, Any]:
    """Returns what ``process.toml`` says."""
    return tomllib.loads(PROCESS.read_text(encoding="utf-8"))


def module_names() -> list[str]:
    """Returns the names of the modules."""
    return list(content()["modules"])


def load_process() -> None:
    """Adds the modules below the process, then the phases that are made of them."""
    keys = {name: add_module(name).pk for name in content()["modules"]}
    process = find_page(PAGE)
    phases = [
        ("phase", {**phase, "modules": [keys[name] for name in phase["modules"]]})
        for phase in content()["phases"]
    ]
    process.phases = stream(f"{PAGE}/phases", phases)
    publish(process)


def add_module(name: str) -> MobilityModulePage:
    """Adds and publishes a module."""
    parent, row = find_page(PAGE), content()["modules"][name]
    page = MobilityModulePage(
        locale=parent.locale,
        translation_key=identifier("page", name),
        live=False,
        is_demo_text=True,
        steps=stream(name, [("step", step_value(step)) for step in row["steps"]]),
        **{field: row[field] for field in ("title", "slug", "summary")},
    )
    parent.add_child(instance=page)
    publish(page)
    return page


def step_value(row: dict[str, Any]) -> dict[str, Any]:
    """Returns a step as its block stores it."""
    step = {**EMPTY, **row}
    page = step.pop("page", None)
    if page:
        link = {"page": find_page(page).pk, "document": None, "url": "", "title": ""}
        step["documents"] = [link]
    # a choice of several, unlike a list of blocks, is stored as it is
    step["roles"] = tuple(step.get("roles", ()))
    step["tips"] = [
        {**tip, "country": Country.objects.get(code=tip["country"]).pk} for tip in step["tips"]
    ]
    return step
