"""Partners, twinnings and countries as items of their own lists.

A property has the name of the field that it writes; other fields are the record's own attributes.
"""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from v2v_snippets.models import Country, Partner, Twinning

from ..schemas.records import CountrySchema, PartnerSchema, TwinningSchema
from ..schemas.selection import Selectable
from .embedded import Embedding, Relation
from .library import Library
from .references import References


class Record(Embedding):
    """Writes a record with its texts."""

    schema: ClassVar[type[Selectable]]

    @classmethod
    def records(cls) -> Any:
        """Returns all records, with what is read of each, in their usual order.

        Only records that others embed need it.
        """
        raise NotImplementedError

    @staticmethod
    def gather(records: Iterable[Any]) -> References:
        """Returns what records refer to: their logos, where they have any."""
        logos = (getattr(record, "logo_id", None) for record in records)
        return References(images={logo for logo in logos if logo})

    def __init__(self, record: Any, library: Library) -> None:
        self.record = record
        self.library = library

    def write(self, fields: Collection[str]) -> dict[str, Any]:
        """Returns these fields of the record."""
        own = self.names
        return {name: getattr(self if name in own else self.record, name) for name in fields}

    @property
    def id(self) -> Any:
        """The identifier that partner sites can keep."""
        return self.record.public_id

    def text(self, name: str) -> dict[str, str] | None:
        """Returns one of the record's texts in the language asked for, or the nearest other."""
        asked = self.library.asked
        row = self.record.text_in(asked.language)
        if row is None or not (asked.accepts_other or row.language == asked.language):
            return None
        value = getattr(row, name)
        return {"text": value, "language": row.language} if value else None


class PartnerRecord(Record):
    """Writes a school or network."""

    schema = PartnerSchema

    @classmethod
    def records(cls) -> Any:
        """Returns all schools and networks, by name."""
        pairs = ("twinning_as_european", "twinning_as_balkan")
        partners = Partner.objects.select_related("country", *pairs).order_by("short_name", "pk")
        return partners.prefetch_related("texts", "aliases", "team_memberships__team")

    def relation(self, name: str) -> Relation:
        """Returns its country, or its pair."""
        if name == "country":
            return CountryRecord, self.record.country_id
        return TwinningRecord, self._pair.pk if self._pair else None

    @property
    def name(self) -> str:
        """The name that texts use."""
        return str(self.record.short_name)

    @property
    def url(self) -> str:
        """Its page in the directory."""
        return self.library.schools.url("PartnerIndexPage", self.record.slug)

    @property
    def other_names(self) -> list[str]:
        """Other spellings under which it is known."""
        return [alias.name for alias in self.record.aliases.all()]

    @property
    def side(self) -> str | None:
        """Half of a twinning; None for networks."""
        return self.record.side or None

    @property
    def country(self) -> dict[str, Any]:
        """Its country."""
        return self.library.countries.reference(self.record.country)

    @property
    def position(self) -> dict[str, Any]:
        """Never more exact than what the record knows."""
        longitude, latitude = self.record.position
        precision = self.record.place_precision.value
        return {"longitude": longitude, "latitude": latitude, "precision": precision}

    @property
    def logo(self) -> dict[str, Any] | None:
        """Its logo."""
        return self.library.images.image(self.record.logo_id)

    @property
    def description(self) -> dict[str, str] | None:
        """What it is."""
        return self.text("description")

    @property
    def sectors(self) -> dict[str, str] | None:
        """Its fields of training."""
        return self.text("sectors")

    @property
    def teams(self) -> list[str]:
        """The project's teams that it sits in."""
        return sorted(seat.team.kind for seat in self.record.team_memberships.all())

    @property
    def twinning(self) -> int | None:
        """Number of the pair that it is half of."""
        return self._pair.number if self._pair else None

    @property
    def _pair(self) -> Twinning | None:
        sides = ("twinning_as_european", "twinning_as_balkan")
        pairs = (getattr(self.record, side, None) for side in sides)
        return next((pair for pair in pairs if pair is not None), None)


class TwinningRecord(Record):
    """Writes a pair of schools."""

    schema = TwinningSchema

    @classmethod
    def records(cls) -> Any:
        """Returns all pairs, by number."""
        schools = ("european_school__country", "balkan_school__country")
        twinnings = Twinning.objects.select_related(*schools).order_by("number")
        return twinnings.prefetch_related("texts")

    def relation(self, name: str) -> Relation:
        """Returns one of its halves."""
        return PartnerRecord, getattr(self.record, f"{name}_id")

    @property
    def url(self) -> str:
        """Its page in the list of pairs."""
        return self.library.schools.url("TwinningIndexPage", str(self.record.number))

    @property
    def european_school(self) -> dict[str, Any] | None:
        """One half."""
        return self.library.schools.partner(self.record.european_school)

    @property
    def balkan_school(self) -> dict[str, Any] | None:
        """The other half."""
        return self.library.schools.partner(self.record.balkan_school)

    @property
    def goals(self) -> dict[str, str] | None:
        """What the pair wants to reach."""
        return self.text("goals")


class CountryRecord(Record):
    """Writes a country."""

    schema = CountrySchema

    @classmethod
    def records(cls) -> Any:
        """Returns all countries, by code."""
        return Country.objects.prefetch_related("texts").order_by("code")

    @property
    def name(self) -> str:
        """With the mark of its footnote."""
        return str(self.library.countries.reference(self.record)["name"])

    @property
    def language(self) -> str:
        """The language of the name."""
        row = self.record.text_in(self.library.language)
        return str(row.language) if row else self.library.language

    @property
    def footnote(self) -> dict[str, str] | None:
        """What must stand wherever the name does."""
        return self.library.countries.footnote(self.record, self.library.language)

    @property
    def position(self) -> dict[str, Any]:
        """The middle of the country."""
        return {
            "longitude": float(self.record.longitude),
            "latitude": float(self.record.latitude),
            "precision": "country",
        }
