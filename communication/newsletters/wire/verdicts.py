"""What the answer of a mail server means for a mail, its address, and all the others.

Servers say the same in many ways. What counts first is the enhanced code (RFC 3463), then the place
in the conversation, and only then the bare code.
"""

from enum import Enum, auto
from typing import Final

from .mails import NotAcceptedError, Stage

LOGIN_CODES: Final = frozenset({530, 534, 535, 538})
"""RFC 4954: whoever hears them has the wrong password, or none."""

OUR_ADDRESS: Final = ("5.1.7", "5.1.8")
"""The two of 5.1.x that are about the sender's address."""

USED_UP: Final = "5.4.5"
"""Google's for "daily limit exceeded", at any stage; it calls it permanent, and it is not."""


class Verdict(Enum):
    """Whose fault it is, and whether to try again."""

    LATER = auto()
    """This mail may be accepted another time."""
    UNREACHABLE = auto()
    """There was no server to judge anything."""
    REFUSED = auto()
    """This mail will never be accepted; that says nothing of the address."""
    BAD_ADDRESS = auto()
    """There is no such mailbox."""
    OUR_LIMIT = auto()
    """We have sent as much as we may for now: it would refuse all others, too, for some hours."""
    OUR_FAULT = auto()
    """The server does not want us, our password or our text: it would refuse all others, too."""


def verdict_on(error: NotAcceptedError) -> Verdict:
    """Says what follows from a refusal."""
    if error.enhanced_code == USED_UP:
        return Verdict.OUR_LIMIT
    if error.is_permanent:
        return _verdict_on_refusal(error)
    if error.is_lost or error.stage is Stage.CONNECTING:
        return Verdict.UNREACHABLE
    return Verdict.LATER


def _verdict_on_refusal(error: NotAcceptedError) -> Verdict:
    enhanced = error.enhanced_code
    is_about_us = error.stage in {Stage.CONNECTING, Stage.SENDER} or error.smtp_code in LOGIN_CODES
    if is_about_us or enhanced.startswith("5.7.") or enhanced in OUR_ADDRESS:
        return Verdict.OUR_FAULT
    if enhanced.startswith("5.1."):
        return Verdict.BAD_ADDRESS
    return Verdict.REFUSED
