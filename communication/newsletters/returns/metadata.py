"""By what a mail is known again when a provider gives it a Message-ID of its own."""

from typing import Final

KEY: Final = "v2v_mail"


def metadata_of(message_id: str) -> str:
    """Returns what the provider keeps with a mail: the part of its Message-ID before the @.

    Some keep no more than 80 characters, and hosts may have long names.
    """
    return message_id.strip("<> ").partition("@")[0]
