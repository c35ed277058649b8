"""Drafts for front ends: ``/preview/{token}/``."""

from dataclasses import replace
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from wagtail.models import Page

from v2v_snippets.publication.previews import (
    ExpiredPreviewError,
    PreviewError,
    RefusedPreviewError,
    previewed_page,
)

from ..answers import asked_by, site_of
from ..caching import encoded
from ..errors import problem
from ..openapi import answers
from ..representation.answer import write_pages
from ..representation.kinds import content_types
from ..schemas.content import CONTENT_SCHEMAS, ContentSchema
from ..schemas.parameters import ItemParameters

router = Router(tags=["preview"])


class PreviewParameters(ItemParameters):
    """What may be asked of a draft."""

    items: ClassVar = CONTENT_SCHEMAS


@router.get(
    "/{token}/",
    response=answers(
        ContentSchema, may_be_missing=True, may_be_gone=True, may_be_refused=True, is_kept=False
    ),
    operation_id="preview_item",
    summary="One draft",
)
def get_preview(
    request: HttpRequest, token: str, parameters: Query[PreviewParameters]
) -> HttpResponse:
    """A page as an editor last saved it, by the token that the admin hands to your front end.

    What is still to be filled in is null or empty, whatever the schema says. Without `locale`, the
    reader is one of the draft's own language. Show it to nobody else, and keep nothing of it.
    """
    try:
        page = previewed_page(token)
    except ExpiredPreviewError:
        return problem(410, "This preview has expired. Open it again in the editor.")
    except RefusedPreviewError:
        return problem(403, "The editor who opened this preview may not see the page any more.")
    except PreviewError:
        raise Http404 from None
    if not any(type(page) in models for models in content_types().values()):
        raise Http404
    return _for_nobody_else(_written(request, parameters, page), page)


def _written(request: HttpRequest, parameters: Any, page: Page) -> dict[str, Any]:
    asked = asked_by(parameters)
    if "locale" not in parameters.model_fields_set:
        asked = replace(asked, language=page.locale.language_code)
    [item] = write_pages(
        [page],
        parameters.fields,
        request=request,
        site=site_of(request),
        asked=asked,
        is_draft=True,
    )
    return item


def _for_nobody_else(item: dict[str, Any], page: Page) -> HttpResponse:
    response = HttpResponse(encoded(item), content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    response["Content-Language"] = page.locale.language_code
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
