"""By what the steps of a process can be filtered, and which addresses lie below it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ..facets import Facet
from .kinds import Direction, MobilityRole
from .steps import Step

FILTERS: Final = r"^(?P<filters>(?:(?:role|direction)/[a-z-]+/){0,2})"
DATED: Final = r"(?:dates/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/)?"


def _roles_of(step: Step) -> dict[str, str]:
    return {role.value: str(role.label) for role in step.roles}


def _directions_of(step: Step) -> dict[str, str]:
    return {step.direction.value: str(step.direction.label)} if step.direction else {}


STEP_FACETS: Final = (
    Facet("role", _("Role"), _roles_of, dict(MobilityRole.choices), is_open=True),
    Facet("direction", _("Direction"), _directions_of, dict(Direction.choices), is_open=True),
)
"""The filters, in the order in which a path holds them; what names none fits all."""
