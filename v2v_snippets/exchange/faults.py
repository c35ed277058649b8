"""What reading a file gives: concepts, what is wrong and where, and what was left out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .records import ConceptRecord

DEFAULT_DOMAIN: Final = "vet_systems"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; ``place`` is a line, a cell, an element or a URI."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UnreadableFileError(Exception):
    """Says in a sentence for people why a file is not read at all."""


@dataclass(frozen=True)
class Frame:
    """What a reader has to know of the site and of the file.

    Attributes:
        languages: the codes of the site's languages.
        glossary: the URI of the glossary, with which the URIs of our concepts begin.
        domain: for concepts whose file does not say one.
        source: the beginning of the URIs of concepts that the file names by identifiers of its own.
    """

    languages: Collection[str]
    glossary: str
    domain: str = DEFAULT_DOMAIN
    source: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file says something, and which columns it fills; the others have their defaults.

    ``cell`` finds the place of a column where a format has one.
    """

    place: str
    said: frozenset[str]
    cell: Callable[[str], str] | None = None

    def at(self, column: str) -> str:
        """Returns the place of a column."""
        return self.cell(column) if self.cell and column else self.place


@dataclass
class Parsed:
    """What a file says.

    ``places`` finds a concept by (identifier, ""), and its relation by (identifier, target).
    ``origins`` finds the rows of a concept: each by its record, the concept's own by None.
    """

    records: dict[str, ConceptRecord] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    origins: dict[str, dict[Any, Origin]] = field(default_factory=dict)

    def place(self, concept: str, target: str = "") -> str:
        """Returns where a concept, or its relation to another one, is said."""
        known: Mapping[tuple[str, str], str] = self.places
        return known.get((concept, target)) or known.get((concept, ""), concept)

    def place_of(self, concept: str, row: Any, column: str = "") -> str:
        """Returns where a row of a concept is said; where the concept is, if the file has none."""
        origin = self.origins.get(concept, {}).get(row)
        return origin.at(column) if origin else self.place(concept)

    def said(self, concept: str, row: Any) -> frozenset[str]:
        """Returns which columns of a row the file fills."""
        origin = self.origins.get(concept, {}).get(row)
        return origin.said if origin else frozenset()
