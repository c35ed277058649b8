"""The permanent addresses of concepts; a project includes them below ``id/``."""

from django.urls import path, re_path, register_converter

from .glossary.data import FORMATS
from .glossary.views import (
    identify_concept,
    identify_glossary,
    show_concept_data,
    show_glossary_data,
    show_nothing,
)

app_name = "v2v_pages"


class ConceptConverter:
    """The identifier of a concept: "C-0001"."""

    regex = "C-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        """Returns the identifier as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Returns the identifier as it is."""
        return value


class DataFormatConverter(ConceptConverter):
    """The file extension of a format in which the glossary is given out."""

    regex = "|".join(FORMATS)


register_converter(ConceptConverter, "v2v_concept")
register_converter(DataFormatConverter, "v2v_data_format")

urlpatterns = [
    path("glossary", identify_glossary, name="glossary"),
    path("glossary.<v2v_data_format:extension>", show_glossary_data, name="glossary_data"),
    path("glossary/<v2v_concept:identifier>", identify_concept, name="concept"),
    path(
        "glossary/<v2v_concept:identifier>.<v2v_data_format:extension>",
        show_concept_data,
        name="concept_data",
    ),
    re_path("", show_nothing),
]
