"""Signed links in mails. They are valid under older keys, too, as long as the settings name them.

The link that ends a subscription is none of them: it holds a token that is stored with the
subscription, so that it works however often keys change.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

CONFIRMABLE: Final = timedelta(days=30)
"""How long somebody has to confirm; then nothing is left of what they asked for."""

FRESH: Final = timedelta(days=3)
"""How long a link shows and erases all data: newsletters are passed on, and links with them."""

_CONFIRMATION: Final = "communication_newsletters.confirmation"
_PREFERENCES: Final = "communication_newsletters.preferences"


@dataclass(frozen=True, slots=True)
class PreferencesLink:
    """Whose preferences a link leads to, and whether it was made lately."""

    subscriber: UUID
    is_fresh: bool


def confirmation_token(sign_up: UUID) -> str:
    """Returns the token that confirms what somebody has asked for."""
    return _signer(_CONFIRMATION).sign(sign_up.hex)


def read_confirmation_token(token: str) -> UUID | None:
    """Returns the sign-up that a token confirms; None if it is not one of ours, or too old."""
    return _read(_CONFIRMATION, token, CONFIRMABLE)


def preferences_token(subscriber: UUID) -> str:
    """Returns the token of the page with somebody's lists and language."""
    return _signer(_PREFERENCES).sign(subscriber.hex)


def read_preferences_token(token: str) -> PreferencesLink | None:
    """Returns whose preferences a token opens; None if it is not one of ours."""
    subscriber = _read(_PREFERENCES, token, None)
    if subscriber is None:
        return None
    return PreferencesLink(subscriber, _read(_PREFERENCES, token, FRESH) is not None)


def _signer(salt: str) -> TimestampSigner:
    return TimestampSigner(salt=salt, sep=".")


def _read(salt: str, token: str, max_age: timedelta | None) -> UUID | None:
    try:
        return UUID(hex=_signer(salt).unsign(token, max_age=max_age))
    except (BadSignature, ValueError):
        return None
