"""Secrets and signatures after the Standard Webhooks specification (standardwebhooks.com).

No secret is stored. Each is derived from ``SECRET_KEY`` and a nonce, so that whoever gets hold of
the database, or of a backup, can sign nothing. When ``SECRET_KEY`` is replaced, the old one goes
on deriving what it did while it stands in ``SECRET_KEY_FALLBACKS``.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from hmac import digest
from secrets import token_hex
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

PREFIX: Final = "whsec_"
SALT: Final = "communication_syndication.webhooks"
NONCE_LENGTH: Final = 32


class SecretLostError(Exception):
    """The key from which a secret was derived is not known any more."""


def new_nonce() -> str:
    """Returns what no secret was derived from yet."""
    return token_hex(NONCE_LENGTH // 2)


def derive_secret(nonce: str, key: str | bytes | None = None) -> bytes:
    """Returns the secret of a nonce: 32 bytes; with ``SECRET_KEY``, unless another key is given."""
    return bytes(salted_hmac(SALT, nonce, secret=key, algorithm="sha256").digest())


def find_secret(nonce: str, expected: str) -> bytes:
    """Returns the secret of a nonce whose digest is ``expected``.

    Raises:
        SecretLostError: when neither ``SECRET_KEY`` nor a fallback derives it.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = derive_secret(nonce, key)
        if constant_time_compare(digest_of(secret), expected):
            return secret
    raise SecretLostError


def digest_of(secret: bytes) -> str:
    """Returns what is stored of a secret: enough to know it again, and no more."""
    return sha256(secret).hexdigest()


def write_secret(secret: bytes) -> str:
    """Returns a secret as receivers are given it: ``whsec_`` and base64."""
    return PREFIX + b64encode(secret).decode()


def sign(secrets: Iterable[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """Returns the header ``webhook-signature``: one signature a secret, a space between them."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return " ".join(
        f"v1,{b64encode(digest(secret, signed, 'sha256')).decode()}" for secret in secrets
    )
