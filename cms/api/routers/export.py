"""Everything in one answer: ``/export.ndjson``."""

from typing import Any, ClassVar, Final

from django.http import HttpRequest
from ninja import Query, Router

from ..export import answer_everything
from ..openapi import SCHEMA, answers
from ..schemas.content import CONTENT_SCHEMAS
from ..schemas.parameters import ItemParameters
from ..streaming import MEDIA_TYPE
from .content import TypeParameters, shelf_of

router = Router(tags=["content"])

LINES: Final = {
    "responses": {
        200: {
            "description": "One item a line, and one that says how many there were.",
            "x-content": {MEDIA_TYPE: {"itemSchema": {"$ref": f"{SCHEMA}ContentSchema"}}},
        }
    }
}
"""As OpenAPI 3.2 says it; what generates clients after 3.1 stumbles over the media type."""


class ExportParameters(TypeParameters, ItemParameters):
    """What may be asked of the export."""

    items: ClassVar = CONTENT_SCHEMAS


@router.get(
    "",
    response=answers(None, is_kept=False),
    operation_id="export_list",
    summary="Everything, streamed",
    openapi_extra=LINES,
)
def export_content(request: HttpRequest, parameters: Query[ExportParameters]) -> Any:
    """All public pages, each once and in the best language there is, one a line, as `/content/`.

    The last line is `{"type": "end", "count": 123}`. Where it is missing, something broke off:
    keep your last copy, and ask again.
    """
    return answer_everything(request, parameters, shelf_of(parameters.type))
