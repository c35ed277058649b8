"""Mobility processes and their modules as items."""

from collections.abc import Collection
from typing import Any, ClassVar

from v2v_pages.process.reading import deadline_of, direction_of, items, roles_of

from ..schemas.items import ModuleSchema, ProcessSchema
from .blocks import texts
from .items import Article, ProjectItem, stored
from .library import Library
from .references import References

Raw = dict[str, Any]


class ProcessItem(Article):
    """Writes a process with the steps of all its modules."""

    type = "process"
    schema = ProcessSchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds what the steps of the modules refer to."""
        super().collect(fields, found)
        if "phases" in fields:
            for block in stored(self.page.phases):
                for module in self._modules(block["value"]):
                    found.read(module.steps.stream_block, stored(module.steps))

    def _modules(self, phase: Raw) -> list[Any]:
        known = self.library.modules.by_key
        return [known[key] for key in items(phase, "modules") if key in known]

    @property
    def phases(self) -> list[Raw]:
        """The phases, each with its public modules."""
        return [
            {
                "id": block.get("id"),
                **texts(block["value"], "title", "text"),
                "modules": [self._module(module) for module in self._modules(block["value"])],
            }
            for block in stored(self.page.phases)
        ]

    def _module(self, module: Any) -> Raw:
        return {
            "id": module.translation_key,
            "locale": module.locale.language_code,
            "title": module.title,
            "summary": module.summary,
            "url": self.library.addresses.of_page(module, self.library.language),
            "steps": steps_of(module, self.library),
        }


class ModuleItem(ProjectItem):
    """Writes a module on its own."""

    type = "process-modules"
    schema = ModuleSchema
    streams: ClassVar = {"steps": "steps"}

    @property
    def steps(self) -> list[Raw]:
        """Its steps, in the order of the page."""
        return steps_of(self.page, self.library)


def steps_of(module: Any, library: Library) -> list[Raw]:
    """Returns the steps of a module."""
    return [_step(block, library) for block in stored(module.steps)]


def _step(block: Raw, library: Library) -> Raw:
    value = block["value"]
    deadline = deadline_of(value)
    return {
        "id": block.get("id"),
        "title": value.get("title") or "",
        "roles": [role.value for role in roles_of(value)],
        "direction": direction_of(value),
        "deadline": {
            "amount": deadline.amount,
            "unit": deadline.unit.value,
            "side": deadline.side.value,
            "days": deadline.days,
        }
        if deadline
        else None,
        **library.rich_text(value.get("text")),
        "inputs": [text for text in items(value, "inputs") if text],
        "checklist": [text for text in items(value, "checklist") if text],
        "documents": [link for raw in items(value, "documents") if (link := _link(raw, library))],
        "tips": [tip for raw in items(value, "tips") if (tip := _tip(raw, library))],
    }


def _link(value: Raw, library: Library) -> Raw | None:
    """Returns where a link leads; None where to nothing public."""
    page, document = library.link(value.get("page")), library.document(value.get("document"))
    if not (page or document or value.get("url")):
        return None
    return {"page": page, "document": document, **texts(value, "title", "url")}


def _tip(value: Raw, library: Library) -> Raw | None:
    country = library.modules.countries.get(value.get("country") or 0)
    if country is None or not value.get("text"):
        return None
    return {"country": library.countries.reference(country), "text": value["text"]}
