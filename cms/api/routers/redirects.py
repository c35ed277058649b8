"""Old paths and where they lead: ``/redirects/``."""

from typing import ClassVar, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_snippets.language.locales import default_language

from ..answers import site_of
from ..caching import json_answer
from ..openapi import answers
from ..pagination import Order, Pages
from ..representation.addresses import Addresses
from ..representation.redirects import redirects_of, write_redirects
from ..schemas.parameters import FieldsParameters, PageParameters
from ..schemas.redirects import RedirectListSchema, RedirectSchema
from ..schemas.selection import selected_fields

router = Router(tags=["site"])


class RedirectListParameters(PageParameters, FieldsParameters):
    """What may be asked of the list of redirects."""

    items: ClassVar = (RedirectSchema,)

    order: Literal["path", "-path"] = Field(
        "path", description="A minus sign turns the order round."
    )


@router.get(
    "/", response=answers(RedirectListSchema), operation_id="redirects_list", summary="Redirects"
)
def list_redirects(request: HttpRequest, parameters: Query[RedirectListParameters]) -> HttpResponse:
    """Old paths of the site that lead to something public. Follow `next`: pages may be shorter.

    What a single path is, whatever the spelling, is told by `/resolve/`.
    """
    site = site_of(request)
    addresses = Addresses(site)
    order = Order.named(parameters.order, {"path": "old_path"})
    pages = Pages(request, order, parameters.limit, parameters.cursor)
    rows, further = pages.page(redirects_of(site, addresses))
    fields = selected_fields(RedirectSchema, parameters.fields)
    shown = [row.redirect_page for row in rows if row.leads_to_page]
    return json_answer(
        {"items": write_redirects(rows, addresses, fields), "next": further},
        languages=[default_language()],
        keys=["redirect-list", *(f"item-{page.translation_key}" for page in shown)],
    )
