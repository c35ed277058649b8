"""Ends a key at once: for whoever finds one where it should not be."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...key_format import PREFIX, PUBLIC_LENGTH
from ...models import ApiKey
from ...services.api_keys import KeyIsNotActiveError, revoke_api_key


class Command(BaseCommand):
    """Takes the key as it was found, whole or only its beginning."""

    help = "Revokes an API key, named whole or by its first twelve characters (v2v_…)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the key."""
        parser.add_argument("key", help="the key, or how it begins: v2v_ and eight characters")

    def handle(self, *args: Any, key: str, **options: Any) -> None:
        """Revokes it.

        Raises:
            CommandError: when there is no such key, or when it opens nothing already.
        """
        public_id = key.removeprefix(PREFIX)[:PUBLIC_LENGTH]
        found = ApiKey.objects.select_related("partner_site").filter(public_id=public_id).first()
        if found is None:
            raise CommandError(f"There is no key that begins with {PREFIX}{public_id}.")
        try:
            revoke_api_key(key=found)
        except KeyIsNotActiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{found} of {found.partner_site} is revoked.")
