"""Gives a partner site a key, for operators who would rather not open the admin."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...enums import ApiScope
from ...models import ApiKey, PartnerSite
from ...origins import normal_origin
from ...services.api_keys import TooManyKeysError, create_api_key

MOST_DAYS: Final = 36500


class Command(BaseCommand):
    """Prints the key alone, so that it can be piped; everything else goes to the error output."""

    help = "Creates an API key for a partner site, and prints it. It is never shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the site, and what the key is good for."""
        parser.add_argument("site", help="the name of the partner site")
        parser.add_argument(
            "--scope",
            action="append",
            choices=ApiScope.values,
            help="what it is good for; may be repeated (default: read)",
        )
        parser.add_argument("--label", default="", help="what it is for, in words")
        parser.add_argument(
            "--days", type=int, default=365, help="how long it lives; 0: for ever (default: 365)"
        )
        parser.add_argument(
            "--new-site", metavar="EMAIL", help="make the site if there is none, with this contact"
        )
        parser.add_argument(
            "--origin",
            action="append",
            default=[],
            help="with --new-site: where scripts may use its keys, as in https://www.school.eu",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Creates it.

        Raises:
            CommandError: when there is no such site, or when it has two keys already.
        """
        if not 0 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"--days is a number up to {MOST_DAYS}; 0 stands for ever.")
        longest: Any = ApiKey._meta.get_field("label").max_length
        if len(options["label"]) > longest:
            raise CommandError(f"--label has {longest} characters at most.")
        site = self._site(options["site"], options["new_site"], options["origin"])
        life = timedelta(days=options["days"])
        try:
            new = create_api_key(
                partner_site=site,
                scopes=options["scope"] or [ApiScope.READ],
                label=options["label"],
                expires_at=timezone.now() + life if life else None,
            )
        except TooManyKeysError as error:
            raise CommandError(
                f"{error} (manage.py revoke_api_key, with the beginning of the key)"
            ) from error
        until = f"until {new.key.expires_at:%Y-%m-%d}" if new.key.expires_at else "for ever"
        self.stderr.write(
            f"{new.key} of {site}: {', '.join(new.key.scopes)}, {until}. "
            "This is the only time that it is shown:"
        )
        self.stdout.write(new.text)

    def _site(self, name: str, email: str | None, origins: list[str]) -> PartnerSite:
        """Finds the site, or makes it.

        Raises:
            CommandError: when there is none, or what is to be made is there or not valid.
        """
        found = PartnerSite.objects.filter(name=name).first()
        if found is not None:
            if origins or email:
                raise CommandError(
                    f"There is a partner site “{name}” already, and --new-site and --origin are "
                    "for new ones. Change it in the admin, and leave them out here."
                )
            return found
        if email is None:
            names = ", ".join(PartnerSite.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(
                f"There is no partner site “{name}”. There are: {names}. Add --new-site EMAIL to "
                "make one."
            )
        try:
            site = PartnerSite(
                name=name, contact_email=email, allowed_origins=[normal_origin(o) for o in origins]
            )
            site.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        site.save()
        return site
