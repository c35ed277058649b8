"""What a public path is: ``/resolve/?path=``."""

from typing import Annotated, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_snippets.language.locales import default_language
from v2v_snippets.publication.site_answers import answer_at, path_of

from ..answers import site_of
from ..caching import json_answer
from ..openapi import answers
from ..representation.addresses import Addresses
from ..representation.resolved import resolved, unknown
from ..schemas.parameters import FieldsParameters
from ..schemas.resolve import RESOLVED_SCHEMAS, ResolvedSchema
from ..schemas.selection import selected_fields

router = Router(tags=["site"])

LONGEST_PATH = 1000

SitePath = Annotated[
    str, Field(max_length=LONGEST_PATH, pattern=r"^(/|[Hh][Tt][Tt][Pp][Ss]?://)[^\x00-\x1f\x7f]*$")
]


class ResolveParameters(FieldsParameters):
    """What may be asked of a path."""

    items: ClassVar = RESOLVED_SCHEMAS

    path: SitePath = Field(
        description="A path of the site with its language prefix, or an absolute address of it; "
        "percent-encoded or not. A query is kept where the site leads on."
    )


@router.get(
    "/",
    response=answers(ResolvedSchema),
    operation_id="resolve_item",
    summary="What a public path is",
)
def resolve_path(request: HttpRequest, parameters: Query[ResolveParameters]) -> HttpResponse:
    """Tells whether the site has an item there, leads on, has withdrawn it or knows nothing of it.

    It is what the site itself would answer to a reader who has just arrived, always as status 200.
    """
    site = site_of(request)
    asked = path_of(parameters.path, request, site)
    if asked is None:
        schema, item = unknown(parameters.path)
    else:
        answer = answer_at(*asked, request, site)
        schema, item = resolved(asked[0], answer, Addresses(site))
    fields = selected_fields(schema, parameters.fields)
    languages = [item["locale"]["served"]] if "locale" in item else [default_language()]
    keys = ["resolve", *([f"item-{item['id']}"] if "id" in item else [])]
    return json_answer({name: item[name] for name in fields}, languages=languages, keys=keys)
