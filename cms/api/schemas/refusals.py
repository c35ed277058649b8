"""How parameters are refused: with what would have been right."""

from typing import Final

from pydantic_core import PydanticCustomError

MOST_NAMES: Final = 100
"""In one parameter, with commas or repeated."""


def refuse(
    message: str, allowed: list[str] | None = None, *, parameter: str = ""
) -> PydanticCustomError:
    """Returns the error that says what is wrong, and what is allowed.

    Args:
        message: What is wrong.
        allowed: What would have been right.
        parameter: What it is about, unless the error arises in the parameter itself.
    """
    context = {"message": message, "allowed": allowed or [], "parameter": parameter}
    return PydanticCustomError("refused", "{message}", context)


def names_in(values: list[str]) -> list[str]:
    """Returns the names in lists with commas; refuses more than the document allows."""
    names = [name for value in values for name in value.split(",")]
    if len(names) > MOST_NAMES:
        raise refuse(f"Name at most {MOST_NAMES}.")
    return names
