"""The glossary as files for other programs: what there is, and how each is made.

The writers are those of the exchange, which need libraries that a site may do without; what cannot
be written is not offered.
"""

from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Max

from v2v_snippets.models.glossary import Designation, GlossaryConcept
from v2v_snippets.services.glossary_export import export_glossary

from ..frame import reverse_or_nothing

KEPT_SECONDS: Final = 60
"""For which the file of the whole glossary is kept: it takes seconds to write thousands."""

SIZE_KEPT_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A format in which the glossary is given out."""

    label: str
    media_types: tuple[str, ...]
    """The first is its own; clients may ask for it by the others, too."""
    library: str
    """What must be installed to write it."""
    is_for_one: bool = True
    """Whether a single concept is given out in it."""

    @property
    def content_type(self) -> str:
        """The media type, with the encoding of what is text."""
        own = self.media_types[0]
        return f"{own}; charset=utf-8" if own.startswith("text/") else own


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as pages list it; its size in bytes is 0 where nobody knows it yet."""

    url: str
    format: DataFormat
    size: int


FORMATS: Final = {
    "ttl": DataFormat("SKOS (Turtle)", ("text/turtle",), "rdflib"),
    "jsonld": DataFormat("SKOS (JSON-LD)", ("application/ld+json", "application/json"), "rdflib"),
    "rdf": DataFormat("SKOS (RDF/XML)", ("application/rdf+xml",), "rdflib"),
    "tbx": DataFormat("TBX", ("application/x-tbx+xml", "application/x-tbx"), "lxml"),
    "csv": DataFormat("CSV", ("text/csv",), "csv", is_for_one=False),
    "xlsx": DataFormat(
        "XLSX",
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        "openpyxl",
        is_for_one=False,
    ),
}
"""By file extension, in the order in which they are offered."""


def formats_of(identifier: str = "") -> list[str]:
    """Returns the extensions in which this site gives out a concept, or the whole glossary."""
    return [
        extension
        for extension, data_format in FORMATS.items()
        if (data_format.is_for_one or not identifier) and _can_write(data_format)
    ]


def listed_files(identifier: str = "") -> list[DataFile]:
    """Returns the files of a concept, or of the whole glossary, as pages list them.

    The size of a large glossary is known once somebody has fetched it: no page waits for that.
    """
    formats = formats_of(identifier)
    state = _state() if formats else ""
    return [
        DataFile(url, FORMATS[extension], _size(identifier, extension, state))
        for extension in formats
        if (url := data_url(identifier, extension))
    ]


def data_url(identifier: str, extension: str) -> str:
    """Returns the path of a file; "" on a site where permanent URIs are not mounted."""
    if not identifier:
        return reverse_or_nothing("v2v_pages:glossary_data", extension=extension)
    parts = {"identifier": identifier, "extension": extension}
    return reverse_or_nothing("v2v_pages:concept_data", **parts)


def _size(identifier: str, extension: str, state: str) -> int:
    key = f"v2v_glossary.size.{identifier}.{extension}.{state}"
    size: int | None = cache.get(key)
    if size is None:
        kept: bytes | None = cache.get(f"v2v_glossary.{extension}.{state}")
        if identifier:
            kept = concept_data(identifier, extension)
        size = len(kept or b"")
        if size:
            cache.set(key, size, SIZE_KEPT_SECONDS)
    return size


def concept_data(identifier: str, extension: str) -> bytes | None:
    """Returns one public concept as a file; None where this site has no such format."""
    if extension not in formats_of(identifier):
        return None
    return _write(extension, GlossaryConcept.objects.public().filter(identifier=identifier))


def glossary_data(extension: str) -> bytes | None:
    """Returns all public concepts as a file; None where this site has no such format.

    Writing thousands takes seconds, so a file is kept until something is published, added or
    withdrawn: two queries tell.
    """
    if extension not in formats_of():
        return None
    key = f"v2v_glossary.{extension}.{_state()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _write(extension, GlossaryConcept.objects.public())
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _can_write(data_format: DataFormat) -> bool:
    return bool(find_spec(data_format.library))


def _write(extension: str, concepts: Any) -> bytes:
    return export_glossary(concepts=concepts, extension=extension, public=True)


def _state() -> str:
    """Returns what changes whenever the public glossary does."""
    concepts = GlossaryConcept.objects.public().aggregate(
        Count("pk"), Max("last_published_at"), Max("latest_revision")
    )
    words = Designation.objects.aggregate(Count("pk"), Max("pk"))
    text = repr([*concepts.values(), *words.values()])
    return blake2b(text.encode(), digest_size=8).hexdigest()
