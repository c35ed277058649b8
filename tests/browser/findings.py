"""What axe finds in the admin, less what is Wagtail's own."""

from typing import Any


def of_ours(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leaves out the toggles of Wagtail's panels, which are a little small in narrow layouts."""
    return [each for each in found if "data-panel-toggle" not in str(each["at"])]
