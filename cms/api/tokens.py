"""Signed tokens by which clients say what they know already."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from .errors import BadParameterError

SALT: Final = "v2v_api.changes"


@dataclass(frozen=True, slots=True)
class Token:
    """How far a client has come.

    ``since`` is the last change that it knows of. While it reads pages, ``place`` is where it is:
    in a snapshot the key of the last page that it got, else the number of the last change.
    """

    epoch: str
    """Of the log whose numbers these are."""
    since: int
    place: int = 0
    is_snapshot: bool = False

    def signed(self, selection: str) -> str:
        """Returns the token as the client keeps it, bound to what it asks for."""
        parts = [self.epoch, selection, self.since, self.place, int(self.is_snapshot)]
        return str(Signer(salt=SALT).sign_object(parts, compress=True))

    @classmethod
    def read(cls, signed: str, selection: str) -> "Token":
        """Returns the token that a client sends.

        Raises:
            BadParameterError: when it is none of ours, or belongs to another selection.
        """
        try:
            epoch, own, since, place, is_snapshot = Signer(salt=SALT).unsign_object(signed)
        except (BadSignature, ValueError):
            raise BadParameterError(
                "token", "This is no token of ours: send the last one as you got it, or none."
            ) from None
        if own != selection:
            raise BadParameterError(
                "token",
                "This token belongs to another selection: keep all parameters but `limit` and "
                "`fields`, or start again without a token.",
            )
        return cls(epoch, since, place, bool(is_snapshot))


def selection_of(site: int, *parts: Any) -> str:
    """Returns what stands for the items that a client asks for."""
    return blake2b(repr((site, parts)).encode(), digest_size=8).hexdigest()


def epoch_of(epoch: UUID) -> str:
    """Returns an epoch, short."""
    return epoch.hex[:12]
