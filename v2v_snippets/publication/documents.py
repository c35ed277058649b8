"""Which files the public may fetch."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction


def public_documents() -> "QuerySet[Any]":
    """Returns the files of the site's document model that lie in no restricted collection."""
    # a restriction holds for all collections below, whose paths begin with the same
    start = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    closed = CollectionViewRestriction.objects.filter(collection__path=start)
    documents: QuerySet[Any] = get_document_model()._default_manager.filter(~Exists(closed))
    return documents
