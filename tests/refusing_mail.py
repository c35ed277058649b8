"""A mail server that takes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.mail.backends.locmem import EmailBackend


class RefusingBackend(EmailBackend):
    """Stands for a server that is away."""

    def send_messages(self, messages: Any) -> int:
        """Refuses."""
        raise ConnectionRefusedError


@contextmanager
def mail_is_refused(settings: Any) -> Iterator[None]:
    """Lets nothing out that is mailed inside, as either Django names the way out."""
    name = "MAILERS" if hasattr(settings, "MAILERS") else "EMAIL_BACKEND"
    backend = f"{__name__}.{RefusingBackend.__name__}"
    before = getattr(settings, name)
    setattr(settings, name, {"default": {"BACKEND": backend}} if name == "MAILERS" else backend)
    yield
    setattr(settings, name, before)
