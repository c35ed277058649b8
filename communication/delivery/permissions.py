"""Who may see what the workers do."""

from typing import Any


def user_can_view_workers(user: Any) -> bool:
    """Tells whether ``user`` may see the workers and their errors."""
    return bool(user.has_perm("communication_delivery.view_workerheartbeat"))
