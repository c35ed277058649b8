"""Files for download, unless their collection is closed to the public."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from django.urls import NoReverseMatch
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from .addresses import Addresses


class Documents:
    """The files of one answer: one query for all of them."""

    def __init__(self, keys: Collection[int], addresses: Addresses) -> None:
        self._addresses = addresses
        self._by_key = {document.pk: document for document in _public(keys)} if keys else {}

    def document(self, key: int) -> dict[str, Any] | None:
        """Returns a file with what a link to it must say; None where it is not public."""
        document = self._by_key.get(key)
        if document is None:
            return None
        try:
            url = self._addresses.absolute(document.url)
        except NoReverseMatch:
            # the site gives no files out
            return None
        return {
            "id": getattr(document, "public_id", None),
            "title": document.title,
            "url": url,
            "extension": document.file_extension.lower(),
            "size": document.file_size,
        }


def _public(keys: Collection[int]) -> Any:
    # a restriction holds for all collections below, whose paths begin with the same
    start = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    closed = CollectionViewRestriction.objects.filter(collection__path=start)
    return get_document_model().objects.filter(~Exists(closed), pk__in=keys)
