"""VET systems in schema.org's vocabulary: data sets. Samples are no facts, and are left out.

Words are those of the language being written.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..structured_data import without_empty
from ..subject import Subject
from .comparing import Comparison
from .table import Cell, Group, Line

if TYPE_CHECKING:
    from ..models.vet_system_index import VETSystemIndexPage
    from ..models.vet_systems import VETSystemPage


def system_data(page: "VETSystemPage", groups: Sequence[Group]) -> dict[str, Any]:
    """Returns what one system is about, and its values as a data set."""
    place = _place(page)
    values = [
        _value(line, cell)
        for group in groups
        for line in group.lines
        for cell in line.cells
        if cell is not None and not cell.facts.is_sample
    ]
    data = {
        "@type": "Dataset",
        "name": page.title,
        "description": page.summary,
        "license": page.licence_url,
        "spatialCoverage": place,
        "variableMeasured": values,
    }
    return {"about": place, "mainEntity": without_empty(data)}


def comparison_subject(
    index: "VETSystemIndexPage", comparison: Comparison, request: HttpRequest
) -> Subject:
    """Returns what a comparison is about; search engines list those of two countries."""
    text = _("The VET systems of %(countries)s side by side.") % {"countries": comparison.name}
    name = f"{index.title}: {comparison.name}"
    file = {
        "@type": "DataDownload",
        "encodingFormat": "text/csv",
        "contentUrl": urljoin(index.get_full_url(request), comparison.file_path),
    }
    data = {
        "@type": "Dataset",
        "name": name,
        "description": text,
        "license": index.licence_url,
        "spatialCoverage": [_place(system) for system in comparison.systems],
        "variableMeasured": list(_labels(comparison.groups)),
        "distribution": file,
    }
    page = {"@type": "WebPage", "mainEntity": without_empty(data)}
    return Subject(name, text, page, is_indexed=len(comparison.systems) == 2)


def _labels(groups: Iterable[Group]) -> Iterable[str]:
    return (line.label for group in groups for line in group.lines)


def _place(page: "VETSystemPage") -> dict[str, Any]:
    country = {
        "@type": "Country",
        "name": page.country.name,
        "identifier": page.country.code,
    }
    if not page.region:
        return country
    return {"@type": "AdministrativeArea", "name": page.region, "containedInPlace": country}


def _value(line: Line, cell: Cell) -> dict[str, Any]:
    value = {
        "@type": "PropertyValue",
        "propertyID": line.indicator.key,
        "name": line.label,
        "value": cell.shown.text,
    }
    return without_empty(value)
