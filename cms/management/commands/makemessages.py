"""Brings the message catalogues up to date, without gettext."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.services.catalogues import update_catalogues


class Command(BaseCommand):
    """Replaces Django's command, which needs gettext and puts templates' strings nowhere."""

    help = "Writes new strings into the catalogues of their apps; says what is not translated yet."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Names every catalogue that is not complete."""
        for path, number in update_catalogues().items():
            if number:
                self.stdout.write(f"{path.relative_to(settings.ROOT)}: {number} not translated")
