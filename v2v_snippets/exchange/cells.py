"""Guards cells of spreadsheets against formulas, and takes the guard off again.

A cell that begins with one of these characters may be run as a formula when the file is opened
(OWASP, "CSV Injection"). An apostrophe before it shows the text as it is. A text that begins with
an apostrophe of its own gets a second one, so that reading gives back what was written.
"""

from typing import Final

DANGEROUS: Final = frozenset("=+-@\t\r'")
GUARD: Final = "'"


def guarded(text: str) -> str:
    """Returns a text as a cell may hold it."""
    return GUARD + text if text[:1] in DANGEROUS else text


def unguarded(text: str) -> str:
    """Returns what ``guarded()`` was given."""
    return text[1:] if text[:1] == GUARD and text[1:2] in DANGEROUS else text
