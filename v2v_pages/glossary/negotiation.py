"""Which of several forms of one thing suits the ``Accept`` header of a request (RFC 9110, 12.5.1).

Django's own ``get_preferred_type()`` forgets what a client excludes by ``q=0`` as soon as another
range, such as ``*/*``, would take it.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.utils.http import parse_header_parameters

MOST_RANGES: Final = 50
"""How many ranges of a header are read; browsers send less than ten."""


class Range(NamedTuple):
    """One of the ranges of a header: ``text/*;q=0.5``."""

    main: str
    sub: str
    has_parameters: bool
    quality: float

    @property
    def precision(self) -> int:
        """How well it fits; parameters ask for one profile of a type, which may be ours."""
        if self.sub == "*":
            return int(self.main != "*")
        return 2 if self.has_parameters else 3

    def covers(self, media_type: str) -> bool:
        """Tells whether a media type is in the range, whatever its parameters."""
        main, _, sub = media_type.partition("/")
        return self.main in {main, "*"} and self.sub in {sub, "*"}


def preferred_type(header: str | None, offers: Sequence[str]) -> str | None:
    """Returns the offered media type that a client likes best; None if it takes none of them.

    Of equally good ones it is the first. Without a header, or with an empty one, all are equal.
    """
    ranges = _ranges((header or "").strip() or "*/*")
    rated = [(_quality(offer, ranges), offer) for offer in offers]
    best = max((quality for quality, _offer in rated), default=0)
    return next((offer for quality, offer in rated if quality == best), None) if best else None


def _quality(offer: str, ranges: Iterable[Range]) -> float:
    covering = [one for one in ranges if one.covers(offer)]
    narrowest = max((one.precision for one in covering), default=0)
    return max((one.quality for one in covering if one.precision == narrowest), default=0)


def _ranges(header: str) -> list[Range]:
    found = []
    for part in header.split(",")[:MOST_RANGES]:
        name, parameters = parse_header_parameters(part)
        main, separator, sub = name.strip().lower().partition("/")
        is_whole = separator and main and sub and (main != "*" or sub == "*")
        quality = _number(parameters.pop("q", "1"))
        if is_whole and quality is not None:
            found.append(Range(main, sub, bool(parameters), quality))
    return found


def _number(text: str) -> float | None:
    """Returns a quality from 0 to 1; None for what is none, whose range then counts for nothing."""
    try:
        quality = float(text)
    except ValueError:
        return None
    return quality if 0 <= quality <= 1 else None
