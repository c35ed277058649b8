"""The formats by their file endings; what each needs is imported when it is first used.

rdflib, lxml and openpyxl come with the extra ``glossary``: a site without it still starts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.module_loading import import_string

from .heading import Heading
from .records import ConceptRecord


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files, with the function that writes it."""

    extension: str
    media_type: str
    writer: str

    def write(self, concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
        """Returns a file.

        Raises:
            ImportError: where the extra ``glossary`` is not installed and the format needs it.
        """
        content: bytes = import_string(f"{__package__}.{self.writer}")(concepts, heading)
        return content


FORMATS: Final = {
    known.extension: known
    for known in (
        Format("ttl", "text/turtle", "rdf_files.write_turtle"),
        Format("jsonld", "application/ld+json", "rdf_files.write_json_ld"),
        Format("rdf", "application/rdf+xml", "rdf_files.write_rdf_xml"),
        Format("tbx", "application/x-tbx+xml", "tbx_writing.write_tbx"),
        Format("csv", "text/csv", "csv_files.write_csv"),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx_files.write_xlsx",
        ),
    )
}
