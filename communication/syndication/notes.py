"""What a transaction has changed so far, before anybody asks what readers see of it."""

from dataclasses import dataclass, field, fields

from django.db.models import Model

from .enums import ChangeReason

Target = tuple[type[Model], str]
"""A record by the first model of its line of inheritance, as in Wagtail's reference index, and its
primary key."""


@dataclass(slots=True)
class Notes:
    """Says where to look. Noting more than has changed is no mistake, noting less is one."""

    pages: dict[int, ChangeReason] = field(default_factory=dict)
    """Pages that are others than before, or gone, by primary key."""
    roots: dict[int, ChangeReason] = field(default_factory=dict)
    """Pages with which all below them may have become visible or hidden, or have moved."""
    records: set[Target] = field(default_factory=set)
    """Records, images and files that others may show."""
    referrers: set[Target] = field(default_factory=set)
    """What showed something that is gone, found while it was still known."""
    is_whole: bool = False
    """Any page may have become visible or hidden."""
    is_moving: bool = False
    """Something has changed that readers may see, though perhaps on no item."""

    def __bool__(self) -> bool:
        """Tells whether there is anything to look at."""
        return any(getattr(self, part.name) for part in fields(self))

    def copy(self) -> "Notes":
        """Returns notes to go back to."""
        return Notes(
            dict(self.pages),
            dict(self.roots),
            set(self.records),
            set(self.referrers),
            self.is_whole,
            self.is_moving,
        )

    def go_back_to(self, earlier: "Notes") -> None:
        """Forgets what was noted since a copy was made."""
        for part in fields(self):
            setattr(self, part.name, getattr(earlier, part.name))
