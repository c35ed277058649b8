"""Lets a database that was restored or moved send again."""

from typing import Any, Final

from django.core.management import get_commands
from django.core.management.base import BaseCommand

from ...services.installation import adopt_installation

LOG_COMMAND: Final = "refresh_change_log"
"""Of the app of partner sites, which need not be installed."""

AFTER_A_RESTORE: Final = (
    "Was it restored from a backup, and not only moved? Then run "
    f"manage.py {LOG_COMMAND} --restart as well, unless you have: otherwise partner sites miss "
    "changes."
)


class Command(BaseCommand):
    """For operators, after a restore: a copy for a trial is left as it is."""

    help = (
        "Lets this installation send webhooks and mails from a restored or moved database. "
        "What waited when the backup was made goes out then. Do not run it on a copy for a trial."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopts the database, or says that it is this installation's already."""
        if adopt_installation():
            self.stdout.write("Adopted: the workers of this installation send from now on.")
            if LOG_COMMAND in get_commands():
                self.stdout.write(AFTER_A_RESTORE)
        else:
            self.stdout.write("Nothing to do: the database belongs to this installation already.")
