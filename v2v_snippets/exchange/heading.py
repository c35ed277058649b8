"""What every file says of itself: what it is, whose, and under which licence.

No file names the moment of its making: the same concepts give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """Title, attribution and licence of an exported glossary."""

    glossary: str
    """The URI of the glossary, with which those of its concepts begin."""

    title: str
    attribution: str
    licence: str
    """The URL of the licence."""

    def lines(self) -> Iterator[str]:
        """Gives the heading as lines of text."""
        yield self.title
        yield f"Source: {self.attribution}, {self.glossary}"
        yield f"Licence: {self.licence}"
