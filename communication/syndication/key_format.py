"""How an API key is written: ``v2v_``, eight public characters, 32 secret ones, a checksum.

The public part finds the row, so that no secret is ever compared by the database. The checksum is
a CRC-32 as in GitHub's tokens: it tells a key that was copied badly from one that nobody gave out,
and lets scanners for leaked secrets recognise a real one without asking anybody.
"""

import re
import secrets
import string
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from zlib import crc32

PREFIX: Final = "v2v_"
ALPHABET: Final = string.digits + string.ascii_letters
PUBLIC_LENGTH: Final = 8
SECRET_LENGTH: Final = 32
"""190 bits: nobody guesses them, so that one round of SHA-256 is enough to store them by."""
CHECKSUM_LENGTH: Final = 6
SHAPE: Final = re.compile(
    rf"{PREFIX}([0-9A-Za-z]{{{PUBLIC_LENGTH}}})[0-9A-Za-z]{{{SECRET_LENGTH}}}"
    rf"([0-9A-Za-z]{{{CHECKSUM_LENGTH}}})"
)


class MalformedKeyError(ValueError):
    """A text that no key of ours ever looked like."""


class MistypedKeyError(ValueError):
    """What looks like a key, but has a wrong checksum: a character was lost or changed."""


@dataclass(frozen=True, slots=True)
class KeyText:
    """A whole key, which is shown once, and the part of it by which people and rows name it."""

    text: str
    public_id: str

    @property
    def digest(self) -> str:
        """What is stored of the key, 64 characters."""
        return sha256(self.text.encode()).hexdigest()


def new_key_text() -> KeyText:
    """Makes a key that nobody has had."""
    return write_key(_random(PUBLIC_LENGTH), _random(SECRET_LENGTH))


def write_key(public_id: str, secret: str) -> KeyText:
    """Writes a key of its parts, adding the checksum."""
    body = f"{PREFIX}{public_id}{secret}"
    return KeyText(body + checksum(body), public_id)


def read_key(text: str) -> KeyText:
    """Reads a key that somebody presents.

    Raises:
        MalformedKeyError: when it does not look like one.
        MistypedKeyError: when its checksum is wrong.
    """
    match = SHAPE.fullmatch(text)
    if match is None:
        raise MalformedKeyError
    if checksum(text[:-CHECKSUM_LENGTH]) != match[2]:
        raise MistypedKeyError
    return KeyText(text, match[1])


def checksum(body: str) -> str:
    """Returns the CRC-32 of what stands before it, in base 62."""
    number, letters = crc32(body.encode()), ""
    for _position in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters = ALPHABET[digit] + letters
    return letters


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _position in range(length))
