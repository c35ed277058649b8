"""What stands below mails of the tests."""

from typing import Any


def footer(language: str) -> tuple[list[str], list[Any]]:
    return ["V2V office", "1 School Street, Trieste"], []
