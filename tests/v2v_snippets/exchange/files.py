"""Makes files for imports, and brings them in."""

from typing import Any

from v2v_snippets.models import ConceptRelation, GlossaryConcept
from v2v_snippets.services.glossary_export import export_glossary
from v2v_snippets.services.glossary_import import ImportReport, import_glossary, read_file

SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
OTHERS = "https://other.example/"


def everything() -> Any:
    return GlossaryConcept.objects.all()


def exported(extension: str) -> bytes:
    return export_glossary(concepts=everything(), extension=extension)


def brought(content: bytes, extension: str = "csv", **options: Any) -> ImportReport:
    parsed = read_file(content=content, extension=extension, source=options.pop("source", ""))
    return import_glossary(parsed=parsed, file_name=f"glossary.{extension}", **options)


def rows(*lines: str, columns: str = "table,concept,language,term,status") -> bytes:
    return "\n".join([columns, *lines]).encode()


def thesaurus(text: str) -> bytes:
    return (SKOS + text).encode()


def terms(concept: Any) -> list[tuple[str, str, str]]:
    return sorted(concept.designations.values_list("language", "term", "status"))


def wipe() -> None:
    ConceptRelation.objects.all().delete()
    everything().update(replaced_by=None)
    everything().delete()
