"""Keeps translators working after a deployment: ``manage.py refresh_translations``."""

from typing import Any

from django.core.management.base import BaseCommand

from v2v_pages.services.refreshing import refresh_translations


class Command(BaseCommand):
    """For operators, after ``migrate``; does nothing where no block was defined anew."""

    help = "Extracts the sentences of pages anew whose blocks are defined otherwise since."

    def handle(self, *args: Any, **options: Any) -> None:
        """Names what was extracted anew."""
        for source in refresh_translations():
            self.stdout.write(f"{source.object_repr} ({source.locale.language_code})")
