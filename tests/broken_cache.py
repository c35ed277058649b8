"""What is left when the server of a cache is gone."""

from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    """Raises what a client of Redis raises, and counts how often it was asked."""

    asked: ClassVar = 0

    def __init__(self, location: str, parameters: dict[str, Any]) -> None:
        super().__init__(parameters)

    def incr(self, *arguments: Any, **options: Any) -> int:
        type(self).asked += 1
        raise ConnectionError("Connection refused")

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Has nothing: Wagtail itself asks for the roots of sites."""
        return default

    def set(self, *arguments: Any, **options: Any) -> None:
        """Keeps nothing."""

    def clear(self) -> None:
        """Has nothing to clear."""
