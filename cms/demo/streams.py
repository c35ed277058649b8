"""Bodies as Wagtail stores them, with block identifiers that never change.

Translations find their place by these identifiers, so the catalogues fit every site that loads the
demo.
"""

import json
from typing import Any

from .identifiers import identifier


def stream(key: str, blocks: list[tuple[str, Any]]) -> str:
    """Returns the stored form of a body: ``blocks`` are pairs of a block's name and its value.

    A list within a value becomes a list of items, each with an identifier of its own.
    """
    stored = [
        {
            "type": name,
            "value": _stored(value, key, number),
            "id": str(identifier("block", key, number)),
        }
        for number, (name, value) in enumerate(blocks)
    ]
    return json.dumps(stored)


def _stored(value: Any, *path: str | int) -> Any:
    if isinstance(value, dict):
        return {name: _stored(part, *path, name) for name, part in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": _stored(part, *path, number),
                "id": str(identifier("block", *path, number)),
            }
            for number, part in enumerate(value)
        ]
    return value
