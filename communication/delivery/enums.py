"""States of what is sent, as the database stores them and as people read them."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class OutgoingState(models.TextChoices):
    """Where a thing to be sent is on its way."""

    QUEUED = "queued", pgettext_lazy("state of a delivery", "waiting")
    CLAIMED = "claimed", pgettext_lazy("state of a delivery", "taken by a worker")
    SENDING = "sending", pgettext_lazy("state of a delivery", "being sent")
    RETRY = "retry", pgettext_lazy("state of a delivery", "waiting for another attempt")
    ACCEPTED = "accepted", pgettext_lazy("state of a delivery", "accepted")
    FAILED = "failed", pgettext_lazy("state of a delivery", "given up")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a delivery", "uncertain")
    SKIPPED = "skipped", pgettext_lazy("state of a delivery", "left out")


WAITING_STATES: Final = (OutgoingState.QUEUED, OutgoingState.RETRY)
HELD_STATES: Final = (OutgoingState.CLAIMED, OutgoingState.SENDING)
UNFINISHED_STATES: Final = (*WAITING_STATES, *HELD_STATES)
FINISHED_STATES: Final = tuple(state for state in OutgoingState if state not in UNFINISHED_STATES)
