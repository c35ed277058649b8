"""Which documents the public may fetch."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents import get_document_model

from .files import in_open_collections, publicly_used


def public_documents() -> "QuerySet[Any]":
    """Returns the documents that a public page or record uses and no collection closes.

    A link on a public page is a use; one on a draft, or below a login, is none.
    """
    documents: QuerySet[Any] = get_document_model()._default_manager.all()
    return publicly_used(in_open_collections(documents))
