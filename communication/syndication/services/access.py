"""What the API asks about a key that somebody presents. It knows this module by its name alone.

Whatever is refused is said in English, as all that the API says, and says what to do.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..enums import KeyState
from ..key_format import MalformedKeyError, MistypedKeyError, read_key
from ..listing_types import unreadable_types
from ..models import ApiKey, PartnerSite
from .usage import counter

MALFORMED: Final = (
    "This is no key of this site: one begins with v2v_ and has 50 characters in all. "
    "Send it as “Authorization: Bearer v2v_…”, or ask without a key."
)
MISTYPED: Final = "The key was not copied whole: a character is missing or wrong. Copy it again."
UNKNOWN: Final = "Nobody has been given this key. Ask the operators of the site for one."
SWITCHED_OFF: Final = "The access of your site is switched off. Ask the operators why."
REVOKED: Final = "The key was revoked on {day}. Use the one that replaced it, or ask for another."
EXPIRED: Final = "The key expired on {day}. Use the one that replaced it, or ask for another."


class KeyRefusedError(Exception):
    """A key that opens nothing, in a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a key opens. Empty lists of languages and types stand for all."""

    key_id: int
    scopes: frozenset[str]
    locales: frozenset[str]
    types: frozenset[str]
    origins: frozenset[str]
    requests_per_minute: int | None
    """None: as many as the site grants to all keys."""

    @property
    def unreadable_types(self) -> frozenset[str]:
        """The types that the site has and the key may not read."""
        return unreadable_types(self.types)


def authenticate(text: str) -> Access:
    """Returns what a key opens: one query, and none for what nobody can have been given.

    Raises:
        KeyRefusedError: when it opens nothing.
    """
    try:
        presented = read_key(text)
    except MalformedKeyError as error:
        raise KeyRefusedError(MALFORMED) from error
    except MistypedKeyError as error:
        raise KeyRefusedError(MISTYPED) from error
    keys = ApiKey.objects.select_related("partner_site").filter(public_id=presented.public_id)
    key = keys.first()
    if key is None or not constant_time_compare(key.digest, presented.digest):
        raise KeyRefusedError(UNKNOWN)
    _refuse_inactive(key, timezone.now())
    site = key.partner_site
    return Access(
        key_id=key.pk,
        scopes=frozenset(key.scopes),
        locales=frozenset(site.locales),
        types=frozenset(site.types),
        origins=frozenset(site.allowed_origins),
        requests_per_minute=site.requests_per_minute,
    )


def knows_origin(origin: str) -> bool:
    """Tells whether any active partner site is at home there."""
    lists = PartnerSite.objects.filter(is_active=True).values_list("allowed_origins", flat=True)
    return any(origin in origins for origins in lists)


def count_request(access: Access, status: int) -> None:
    """Remembers that a key was used, and with which status the request was answered."""
    counter.count(access.key_id, status)


def _refuse_inactive(key: ApiKey, now: datetime) -> None:
    match key.state_at(now):
        case KeyState.REVOKED:
            raise KeyRefusedError(REVOKED.format(day=_day(key.revoked_at)))
        case KeyState.EXPIRED:
            raise KeyRefusedError(EXPIRED.format(day=_day(key.expires_at)))
    if not key.partner_site.is_active:
        raise KeyRefusedError(SWITCHED_OFF)


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else "an unknown day"
