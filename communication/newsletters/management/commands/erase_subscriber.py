"""Erases an address, also one that never subscribed: ``manage.py erase_subscriber ana@…``."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ...enums import ConsentSource
from ...office.journal import note_erasure
from ...selectors import subscriber_of
from ...services.erasing import erase
from ...subscribers.addresses import normalised


class Command(BaseCommand):
    """For requests that reach the office by letter."""

    help = "Erases everything about an address and suppresses it; only a code of it stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the address."""
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erases it.

        Raises:
            CommandError: when it is no address.
        """
        try:
            address = normalised(options["address"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if subscriber := subscriber_of(address):
            note_erasure(subscriber)
        erase(address=address, source=ConsentSource.OFFICE)
        self.stdout.write("Everything about this address is erased.")
