"""The language that a request asks for, and how it wants its texts.

The language stands in the address alone. What a partner's script gets must not depend on headers
that it never thought of, and one address is one entry in every cache.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The language asked for (BCP 47), and whether another one will do.

    ``include`` names the relations whose records are embedded; ``as_markdown`` is about rich text.
    """

    language: str
    accepts_other: bool
    include: frozenset[str] = frozenset()
    as_markdown: bool = False
