"""Sets up a site for real work, without demo content: ``manage.py bootstrap_site``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.services.bootstrap import bootstrap_site


class Command(BaseCommand):
    """For operators: the first command after ``migrate``; running it again does no harm."""

    help = (
        "Makes languages, home page, site, the two roles and their review, as far as they are "
        "missing. Rights that were changed on the two roles are reset."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the address under which readers find the site."""
        parser.add_argument("--hostname", help="such as v2v.example.org")
        parser.add_argument("--port", type=int, help="443 where readers use https")
        parser.add_argument("--name", help="name of the site in the admin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sets up the site and says where it is."""
        result = bootstrap_site(
            hostname=options["hostname"], port=options["port"], name=options["name"]
        )
        self.stdout.write(f"The site {result.site.root_url} is set up.")
