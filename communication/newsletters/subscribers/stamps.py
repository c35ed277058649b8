"""The signed time stamp of a form: who sends one has fetched the form, lately, from us.

It stands in for a cookie. It also says which wording the form asked its reader to agree to, since
pages may be kept by caches while the wording changes.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, TimestampSigner

VALID: Final = timedelta(days=1)

_SALT: Final = "communication_newsletters.form"
_DIGEST: Final = 16
"""Characters of the wording's hash that a stamp holds."""


class StaleStampError(Exception):
    """The form is too old, or was never ours: show it again, filled, with a fresh stamp."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Which text a form showed: version, language, and the beginning of its hash."""

    version: int
    language: str
    digest: str


def make_stamp(version: int, language: str, text_hash: str) -> str:
    """Returns the stamp of a form that is shown now with this wording."""
    value = f"{version}~{language}~{text_hash[:_DIGEST]}"
    return TimestampSigner(salt=_SALT, sep=".").sign(value)


def read_stamp(stamp: str) -> Wording:
    """Returns the wording of the form that a stamp stands in.

    Raises:
        StaleStampError: when the stamp is too old or not ours.
    """
    try:
        value = TimestampSigner(salt=_SALT, sep=".").unsign(stamp, max_age=VALID)
        version, language, digest = value.split("~")
        return Wording(int(version), language, digest)
    except (BadSignature, ValueError) as error:
        raise StaleStampError from error
