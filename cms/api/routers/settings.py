"""What the project says about itself: ``/settings/``."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from v2v_snippets.models import ProjectSettings

from ..answers import asked_by, site_of
from ..caching import json_answer
from ..openapi import answers
from ..representation.library import Library
from ..representation.project import SettingsRecord
from ..schemas.parameters import Parameters
from ..schemas.project import SettingsSchema
from ..schemas.selection import selected_fields

router = Router(tags=["site"])


class SettingsParameters(Parameters):
    """What may be asked of the settings."""

    items: ClassVar = (SettingsSchema,)


@router.get(
    "/",
    response=answers(SettingsSchema),
    operation_id="settings_item",
    summary="Settings of the project",
)
def get_settings(request: HttpRequest, parameters: Query[SettingsParameters]) -> HttpResponse:
    """Name, contact, controller, accessibility, funding: what stands around every page."""
    site, asked = site_of(request), asked_by(parameters)
    record = SettingsRecord(ProjectSettings.current(), Library(request, site, asked))
    settings: dict[str, Any] = record.write(selected_fields(SettingsSchema, parameters.fields))
    return json_answer(settings, languages=[asked.language], keys=["settings"])
