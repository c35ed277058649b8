"""The same public identifiers on every machine that loads the demo.

Partner sites, translations and links in the documentation can rely on them.
"""

from typing import Final
from uuid import UUID, uuid5

DEMO: Final = UUID("5c7b5b4e-9d0c-4a53-8f5f-2f6f2a8d1c11")


def identifier(*path: str | int) -> UUID:
    """Returns the identifier of the thing at ``path``, such as ``("page", "kick-off")``."""
    return uuid5(DEMO, "/".join(map(str, path)))
