"""Writes all subscribers into a file: ``manage.py export_subscribers subscribers.csv``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ...exchange.writing import write_rows
from ...office.journal import note_export
from ...services.exporting import rows_of_all


class Command(BaseCommand):
    """The export of the admin, for those who sit at the server."""

    help = "Writes a CSV file with lists and states, which import_subscribers reads again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file, for its owner alone."""
        path: Path = options["file"]
        path.touch(mode=0o600)
        with path.open("w", encoding="utf-8", newline="") as file:
            number = sum(1 for line in write_rows(rows_of_all()) if file.write(line)) - 1
        note_export()
        self.stdout.write(f"{number} subscriptions are in {path}.")
