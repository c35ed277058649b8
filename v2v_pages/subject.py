"""What a page is about, as windows, search engines and social networks are told."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """One page, or one of the pages that a list makes below itself, which have their own names."""

    name: str
    description: str
    data: dict[str, Any] = field(default_factory=dict)
    """What only this page says of itself in schema.org's vocabulary."""
    image: Any = None
    window_title: str = ""
    """Empty: the name."""
    is_indexed: bool = True
    """Whether search engines should list it."""
