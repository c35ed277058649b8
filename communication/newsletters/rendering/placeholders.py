"""Addresses that stand in a letter for what differs from reader to reader.

A letter is written once for each language; whoever sends it puts each reader's own addresses in
their place. RFC 2606 reserves ".invalid", so that a forgotten one leads nowhere.
"""

from typing import Final

UNSUBSCRIBE_URL: Final = "https://recipient.invalid/unsubscribe"
PREFERENCES_URL: Final = "https://recipient.invalid/preferences"
