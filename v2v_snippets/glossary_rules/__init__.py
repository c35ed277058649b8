"""What must hold in the termbase, as functions of plain values.

Forms, services, imports and the integrity report ask the same functions, so that all of them refuse
the same things in the same words. A rule returns what is wrong instead of raising: an import of
4,000 concepts names all that is wrong with them at once.
"""

from .breaches import Breach
from .relations import (
    Edge,
    relation_breaches,
    replacement_breaches,
    stands_above,
    termbase_breaches,
)
from .words import (
    approval_breaches,
    definition_breaches,
    repetitions,
    word_breaches,
)

__all__ = [
    "Breach",
    "Edge",
    "approval_breaches",
    "definition_breaches",
    "relation_breaches",
    "repetitions",
    "replacement_breaches",
    "stands_above",
    "termbase_breaches",
    "word_breaches",
]
