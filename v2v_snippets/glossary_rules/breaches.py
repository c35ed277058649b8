"""One thing that is wrong with a concept, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A sentence for people, and the place for whoever shows it beside the field.

    ``relation`` names the list of rows ("designations", "relations", …; "" for the concept itself),
    ``row`` counts from 0 in it. ``concept`` and ``target`` are identifiers, where the rule looked
    at more than one concept. ``is_gap`` tells that something is missing, which a draft may lack.
    """

    message: str
    relation: str = ""
    row: int | None = None
    field: str = ""
    concept: str = ""
    target: str = ""
    is_gap: bool = False
