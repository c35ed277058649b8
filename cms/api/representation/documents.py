"""Files for download, unless their collection is closed to the public."""

from collections.abc import Collection
from typing import Any

from django.urls import NoReverseMatch

from v2v_snippets.publication.documents import public_documents

from .addresses import Addresses


class Documents:
    """The files of one answer: one query for all of them."""

    def __init__(self, keys: Collection[int], addresses: Addresses) -> None:
        self._addresses = addresses
        self._by_key = (
            {document.pk: document for document in public_documents().filter(pk__in=keys)}
            if keys
            else {}
        )

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
