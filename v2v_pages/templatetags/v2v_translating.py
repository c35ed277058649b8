"""What the translation editor is told."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def without_alias(props: str) -> str:
    """Returns the settings of wagtail-localize's editor without the offer to make an alias."""
    settings: dict[str, Any] = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    return json.dumps(settings)
