"""VET systems as items, and several of them side by side."""

from collections.abc import Collection
from typing import Any, ClassVar

from ..schemas.items import VETSystemSchema
from .directory import CountryRecord
from .embedded import Relation
from .items import ProjectItem
from .library import Library


class VETSystemItem(ProjectItem):
    """Writes the profile of a country or region."""

    type = "vet-systems"
    schema = VETSystemSchema
    streams: ClassVar = {"body": "body"}

    def relation(self, name: str) -> Relation:
        """Returns its country."""
        return CountryRecord, self.page.country_id

    @property
    def country(self) -> dict[str, Any] | None:
        """The country that it is about; a draft may have none yet."""
        country = self.library.vet_rows.countries.get(self.page.country_id)
        return self.library.countries.reference(country) if country else None

    @property
    def values(self) -> list[dict[str, Any]]:
        """What is documented."""
        return self.library.vet_rows.values(self.page)

    @property
    def programmes(self) -> list[dict[str, Any]]:
        """The programmes, in the order of the page."""
        return self.library.vet_rows.programmes(self.page)


def compared(pages: list[Any], library: Library, fields: Collection[str]) -> dict[str, Any]:
    """Returns systems side by side: for each indicator the values of all."""
    rows = library.vet_rows
    items = []
    for indicator in rows.indicators:
        item = rows.about(indicator)
        item["values"] = [rows.value(page, indicator) for page in pages]
        items.append({name: item[name] for name in fields})
    systems = [VETSystemItem(page, library) for page in pages]
    names = ("id", "title", "url", "country")
    return {"systems": [system.write(names) for system in systems], "items": items}
