"""Lets a database that was restored or moved send again."""

from typing import Any

from django.core.management.base import BaseCommand

from ...services.installation import adopt_installation


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
        else:
            self.stdout.write("Nothing to do: the database belongs to this installation already.")
