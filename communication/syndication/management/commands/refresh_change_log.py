"""Brings the log of changes up to date: ``manage.py refresh_change_log``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...services.change_log import refresh_change_log


class Command(BaseCommand):
    """For operators who have restored a copy of the database or written into it past the site."""

    help = (
        "Compares all that is public with what partner sites have been told, and logs what has "
        "become public or was withdrawn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --restart."""
        parser.add_argument(
            "--restart",
            action="store_true",
            help="make all tokens invalid, so that partner sites start again: after a restore",
        )

    def handle(self, *args: Any, restart: bool, **options: Any) -> None:
        """Says how many items are others than partner sites know."""
        changes = refresh_change_log(restart=restart)
        if options["verbosity"]:
            self.stdout.write(f"Changes that were not in the log: {changes}.")
