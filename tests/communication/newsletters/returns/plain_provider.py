"""A provider that keeps nothing along with a mail."""

from typing import Any

from anymail.backends.test import EmailBackend, TestPayload


class PlainPayload(TestPayload):
    """Knows no metadata."""

    def set_metadata(self, metadata: Any) -> None:
        self.unsupported_feature("metadata")


class PlainBackend(EmailBackend):
    """Keeps mails in Django's outbox."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, payload_class=PlainPayload, **kwargs)
