"""Who drains, what a thing to be sent is, and whose database this is."""

from .installation import THE_INSTALLATION, Installation
from .outgoing import BY_LEASE, Outgoing, OutgoingQuerySet
from .workers import BEAT_EVERY, FORGOTTEN_AFTER, SILENT_AFTER, WorkerHeartbeat

__all__ = [
    "BEAT_EVERY",
    "BY_LEASE",
    "FORGOTTEN_AFTER",
    "SILENT_AFTER",
    "THE_INSTALLATION",
    "Installation",
    "Outgoing",
    "OutgoingQuerySet",
    "WorkerHeartbeat",
]
