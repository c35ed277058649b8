"""Reads what a production site needs from its environment; names all that is missing at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "cms/settings/production.env.example"


@dataclass(frozen=True)
class Variable:
    """One variable that has no safe default, with the sentence that tells what to set."""

    read: Callable[[str], Any]
    hint: str


def read_environment(variables: Mapping[str, Variable]) -> dict[str, Any]:
    """Returns the value of every variable.

    Raises:
        ImproperlyConfigured: Some are missing, empty or malformed; the message says which, and what
            to set instead.
    """
    values, problems = {}, []
    for name, variable in variables.items():
        try:
            values[name] = variable.read(name)
        except (ImproperlyConfigured, ValueError):
            values[name] = None
        if not values[name]:
            problems.append(f"  {name}: {variable.hint}")
    if problems:
        message = f"The site is not configured. Set in the environment (see {EXAMPLE}):"
        raise ImproperlyConfigured("\n".join([message, *problems]))
    return values
