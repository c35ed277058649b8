"""What stored rich texts link to, by the key as it stands in them.

Apart from the handlers that write the links, since those cannot be imported before all models are.
"""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from .models.glossary import GlossaryConcept
from .prepared import prepared
from .publication.documents import public_documents
from .publication.languages import public_versions
from .querysets import IDENTIFIER
from .remembering import kept_for
from .selectors import standing_concepts

LONGEST_KEY: Final = 18
"""In digits: a longer number is no primary key that a database understands."""


def load_links(texts: Iterable[str]) -> None:
    """Loads what all these stored texts link to, each kind at once, however many texts.

    They are then written without a query, inside the same ``remembering()``.
    """
    keys = _linked(texts)
    page_versions_by_key(keys["page"])
    documents_by_key(keys["document"])
    concepts_by_identifier(keys["term"])


def linked_pages(texts: Iterable[str]) -> set[int]:
    """Returns the primary keys of all pages that stored texts link to."""
    return {int(text) for text in _keys(_linked(texts)["page"])}


def know_versions(versions: dict[UUID, list[Page]]) -> None:
    """Spares links to pages a look for what has been read already, inside ``remembering()``.

    Args:
        versions: All public versions of some pages, by their translation key.
    """
    known = kept_for(page_versions_by_key)
    known |= {str(page.pk): group for group in versions.values() for page in group}


def page_versions_by_key(wanted: Iterable[str]) -> dict[str, list[Page]]:
    """Returns the public versions of pages, by the key as it stands in a text."""
    known: dict[str, list[Page]] = kept_for(page_versions_by_key)
    if missing := _keys(wanted) - known.keys():
        versions = public_versions((), map(int, missing))
        keys = {str(page.pk): key for key, group in versions.items() for page in group}
        if hidden := missing - keys.keys():
            rows = _keys_of_pages(pages=sorted(map(int, hidden)))
            keys |= {str(pk): key for pk, key in rows}
        known |= {text: versions.get(keys[text], []) if text in keys else [] for text in missing}
    return known


@prepared
def _keys_of_pages(*, pages: Any) -> Any:
    return Page.objects.filter(pk__in=pages).order_by().values_list("pk", "translation_key")


def documents_by_key(wanted: Iterable[str]) -> dict[str, Any]:
    """Returns public files, by the key as it stands in a text; None for others."""
    known: dict[str, Any] = kept_for(documents_by_key)
    if missing := _keys(wanted) - known.keys():
        found = {
            str(document.pk): document for document in public_documents().filter(pk__in=missing)
        }
        known |= {text: found.get(text) for text in missing}
    return known


def concepts_by_identifier(wanted: Iterable[str]) -> dict[str, GlossaryConcept | None]:
    """Returns the public concept behind each identifier in a text; None for others.

    A concept that stands for a retired one is known under its own identifier, too.
    """
    known: dict[str, GlossaryConcept | None] = kept_for(concepts_by_identifier)
    if missing := {text for text in wanted if IDENTIFIER.fullmatch(text)} - known.keys():
        found = standing_concepts(missing)
        known |= dict.fromkeys(missing) | found
        known |= {concept.identifier: concept for concept in found.values()}
    return known


def public_among(documents: Iterable[Any]) -> list[Any]:
    """Returns those of ``documents`` that the public may fetch: one query, or none if loaded."""
    chosen = [document for document in documents if document]
    known = documents_by_key(str(document.pk) for document in chosen)
    return [document for document in chosen if known[str(document.pk)]]


def _linked(texts: Iterable[str]) -> dict[str, set[str]]:
    """Returns what texts link to, by kind, each by the key as it stands there."""
    keys: dict[str, set[str]] = {"page": set(), "document": set(), "term": set()}
    for text in texts:
        for tag in FIND_A_TAG.findall(text):
            attrs = extract_attrs(tag)
            kind = attrs.get("linktype", "")
            name = "identifier" if kind == "term" else "id"
            keys.get(kind, set()).add(attrs.get(name, ""))
    return keys


def _keys(texts: Iterable[str]) -> set[str]:
    return {text for text in texts if text.isdecimal() and len(text) <= LONGEST_KEY}
