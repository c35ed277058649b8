"""Events as items."""

from collections.abc import Collection
from typing import Any

from v2v_pages.events.calendar import event_file_url

from ..schemas.items import EventSchema
from .blocks import texts
from .directory import CountryRecord, PartnerRecord, TwinningRecord
from .embedded import Relation
from .items import Article, stored
from .references import References
from .relations import Relations


class EventItem(Article):
    """Writes an event."""

    type = "events"
    schema = EventSchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds the pairs that it belongs to."""
        super().collect(fields, found)
        if "twinnings" in fields:
            found.twinnings.update(self._relations.twinning_keys[self.page.pk])

    @property
    def _relations(self) -> Relations:
        return self.library.relations(type(self.page))

    def relation(self, name: str) -> Relation:
        """Returns its country, the partners who invite, or the pairs that it belongs to."""
        match name:
            case "country":
                return CountryRecord, self.page.country_id
            case "hosts":
                return PartnerRecord, [each.pk for each in self._relations.hosts[self.page.pk]]
            case _:
                return TwinningRecord, self._relations.twinning_keys[self.page.pk]

    @property
    def country(self) -> dict[str, Any] | None:
        """Where it is, if that is known."""
        country = self._relations.countries.get(self.page.country_id)
        return self.library.countries.reference(country) if country else None

    @property
    def hosts(self) -> list[dict[str, Any] | None]:
        """The partners who invite, by name."""
        partners = self._relations.hosts[self.page.pk]
        return [self.library.schools.partner(partner) for partner in partners]

    @property
    def twinnings(self) -> list[dict[str, Any]]:
        """The pairs that it belongs to, by number."""
        return self.library.twinnings_among(self._relations.twinning_keys[self.page.pk])

    @property
    def calendar_url(self) -> str:
        """The event as a file for calendars, in the best language for who asks."""
        path = event_file_url(self.page.translation_key, self.library.language)
        return self.library.addresses.absolute(path) if path else ""

    @property
    def agenda(self) -> list[dict[str, Any]]:
        """What happens within it, in the order of the page."""
        values = [block["value"] for block in stored(self.page.agenda)]
        hours = ("day", "starts_at", "ends_at")
        return [
            {**{name: value.get(name) for name in hours}, **texts(value, "title", "text")}
            for value in values
        ]
