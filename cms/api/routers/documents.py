"""Files for download: ``/documents/`` and ``/documents/{id}/``."""

from typing import ClassVar, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_snippets.publication.documents import public_documents

from ..openapi import answers
from ..records import answer_record, answer_records
from ..representation.files import DocumentRecord, all_documents, with_public_id
from ..schemas.files import DocumentItemSchema, DocumentListSchema
from ..schemas.parameters import ListParameters, Parameters

router = Router(tags=["documents"])


class DocumentParameters(Parameters):
    """What may be asked of one file."""

    items: ClassVar = (DocumentItemSchema,)


class DocumentListParameters(ListParameters):
    """What may be asked of the list of files."""

    items: ClassVar = (DocumentItemSchema,)

    order: Literal["-created_at", "created_at"] = Field(
        "-created_at", description="By when it was uploaded; a minus sign turns the order round."
    )


@router.get(
    "/",
    response=answers(DocumentListSchema),
    operation_id="documents_list",
    summary="Files for download",
)
def list_documents(request: HttpRequest, parameters: Query[DocumentListParameters]) -> HttpResponse:
    """All files that public pages offer, the latest first."""
    return answer_records(
        request,
        parameters,
        public_documents(),
        {"created_at": "created_at"},
        writer=DocumentRecord,
        gather=all_documents,
    )


@router.get(
    "/{uuid:item_id}/",
    response=answers(DocumentItemSchema, may_be_missing=True),
    operation_id="documents_item",
    summary="One file",
)
def get_document(
    request: HttpRequest, item_id: UUID, parameters: Query[DocumentParameters]
) -> HttpResponse:
    """One file by its identifier; 404 while no public page shows it."""
    found = with_public_id(public_documents(), item_id)
    return answer_record(request, parameters, found, writer=DocumentRecord, gather=all_documents)
