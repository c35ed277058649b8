"""What happens beside a request."""

from typing import Any

from django.core.signals import request_finished
from django.dispatch import receiver

from .services.usage import counter


@receiver(request_finished, dispatch_uid="communication_syndication.write_usage")
def write_usage(sender: Any, **kwargs: Any) -> None:
    """Writes the usage of keys once an answer has gone out, so that nobody waits for it."""
    counter.write_if_due()
