"""Keeps spreadsheets from taking a text for a formula.

Excel and its like run what begins with = + - or @; an apostrophe before it makes it a text again
(OWASP, CSV Injection). Reading takes the apostrophe away.
"""

from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Returns a text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """Returns the text that ``guarded()`` was given."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
