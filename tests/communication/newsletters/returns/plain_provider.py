"""A provider that keeps nothing along with a mail, and says of it what a test wants."""

from typing import Any

from anymail.backends.test import EmailBackend, TestPayload
from anymail.message import AnymailRecipientStatus
from django.conf import settings


class PlainPayload(TestPayload):
    """Knows no metadata."""

    def set_metadata(self, metadata: Any) -> None:
        self.unsupported_feature("metadata")


class PlainBackend(EmailBackend):
    """Keeps mails in Django's outbox."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, payload_class=PlainPayload, **kwargs)

    def parse_recipient_status(self, response: Any, payload: Any, message: Any) -> Any:
        status = getattr(settings, "ANYMAIL", {}).get("TEST_STATUS", "sent")
        recipient = AnymailRecipientStatus(message_id="their-own", status=status)
        return dict.fromkeys(payload.recipient_emails, recipient)
