"""Whole records that items embed: named in the first pass, each kind loaded once."""

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from ..schemas.selection import INCLUDED, selected_fields
from .references import References

if TYPE_CHECKING:
    from .directory import Record
    from .library import Library

Keys = int | None | Collection[int]
"""The primary key of one record or of none, or those of several."""

Relation = tuple[type["Record"], Keys]
"""What writes the records of a relation, and which they are."""


class Embedded:
    """The records that the items of one answer embed: as many queries as one list of each kind."""

    def __init__(self) -> None:
        self._keys: dict[type[Record], set[int]] = defaultdict(set)
        self._records: dict[type[Record], dict[int, Any]] = {}

    def add(self, relation: Relation) -> None:
        """Notes the records of a relation."""
        writer, keys = relation
        self._keys[writer].update(_each(keys))

    def references(self) -> References:
        """Loads the records, and returns what they refer to in turn."""
        found = References()
        for writer in self._keys:
            found.images |= writer.gather(self._of(writer).values()).images
        return found

    def written(self, relation: Relation, library: "Library") -> Any:
        """Returns the record of a relation, None where there is none, or a list of its records."""
        writer, keys = relation
        fields = selected_fields(writer.schema, ())
        wanted = _each(keys)
        found = [
            writer(record, library).write(fields)
            for key, record in self._of(writer).items()
            if key in wanted
        ]
        return next(iter(found), None) if keys is None or isinstance(keys, int) else found

    def _of(self, writer: "type[Record]") -> dict[int, Any]:
        if writer not in self._records:
            records = writer.records().filter(pk__in=self._keys[writer])
            self._records[writer] = {record.pk: record for record in records}
        return self._records[writer]


class Embedding:
    """What both pages and records do with the relations that are to be embedded."""

    library: "Library"
    schema: ClassVar[Any]
    names: ClassVar[frozenset[str]]
    """What a writer knows itself; whatever else it writes is the page's or the record's."""

    def __init_subclass__(cls) -> None:
        """Notes what the class knows."""
        cls.names = frozenset(dir(cls))

    def relation(self, name: str) -> Relation:
        """Returns a relation by its name in the schema's ``includes``."""
        raise NotImplementedError(name)

    def collect_included(self, fields: Collection[str]) -> None:
        """Notes the records that are to be embedded."""
        if INCLUDED in fields:
            for name in self._asked:
                self.library.embedded.add(self.relation(name))

    @property
    def included(self) -> dict[str, Any]:
        """The records of the relations that were asked for."""
        self.library.gather_references()
        embedded = self.library.embedded
        return {name: embedded.written(self.relation(name), self.library) for name in self._asked}

    @property
    def _asked(self) -> list[str]:
        return [name for name in self.schema.includes if name in self.library.asked.include]


def _each(keys: Keys) -> set[int]:
    if keys is None:
        return set()
    return {keys} if isinstance(keys, int) else set(keys)
