"""What a reader sees of a process: phases, their modules, and numbered steps."""

from dataclasses import dataclass
from typing import Any

from .deadlines import Deadline
from .kinds import Direction, MobilityRole


@dataclass(frozen=True, slots=True)
class StepLink:
    """What belongs to a step, at its address for the reader."""

    title: str
    url: str
    language: str = ""
    """Of the title, where that is known."""
    details: str = ""
    """Type of a file."""


@dataclass(frozen=True, slots=True)
class CountryTip:
    """What is different where one country takes part."""

    country: Any
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; all texts are in the language of its module."""

    key: str
    """Of the block: the same in all languages and processes."""
    number: int
    """Counted through the whole process, so that chart and list agree."""
    title: str
    html: str
    roles: tuple[MobilityRole, ...]
    """None: everybody."""
    direction: Direction | None
    """None: both."""
    deadline: Deadline | None
    inputs: tuple[str, ...]
    checklist: tuple[str, ...]
    links: tuple[StepLink, ...]
    tips: tuple[CountryTip, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module with those of its steps that are shown."""

    title: str
    summary: str
    url: str
    language: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with those of its modules that are shown."""

    title: str
    text: str
    modules: tuple[Module, ...]

    @property
    def steps(self) -> list[Step]:
        """The steps of all modules."""
        return [step for module in self.modules for step in module.steps]


def all_steps(phases: tuple[Phase, ...]) -> list[Step]:
    """Returns the steps of all phases, in their order."""
    return [step for phase in phases for step in phase.steps]


def only(phases: tuple[Phase, ...], numbers: set[int]) -> tuple[Phase, ...]:
    """Returns the phases with these steps alone; what then has none is left out."""
    kept = []
    for phase in phases:
        modules = []
        for module in phase.modules:
            steps = tuple(step for step in module.steps if step.number in numbers)
            if steps:
                modules.append(
                    Module(module.title, module.summary, module.url, module.language, steps)
                )
        if modules:
            kept.append(Phase(phase.title, phase.text, tuple(modules)))
    return tuple(kept)
