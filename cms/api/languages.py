"""The language that a request asks for.

It stands in the address alone. What a partner's script gets must not depend on headers that it
never thought of, and one address is one entry in every cache.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The language asked for (BCP 47), and whether another one will do."""

    language: str
    accepts_other: bool
