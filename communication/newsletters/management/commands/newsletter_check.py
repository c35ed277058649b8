"""Tells operators, before the first issue and whenever mails do not arrive, what to put right."""

import json
from dataclasses import asdict
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from ...health.domain import Sender, check_domain
from ...health.findings import Finding, Level
from ...health.names import Names
from ...health.server import check_server, sending_addresses
from ...health.site import check_site
from ...subscribers.addresses import domain_of

DNS = "communication.newsletters.health.dns_names.DnsNames"
"""Loaded when it is needed: it is part of an extra."""


class Command(BaseCommand):
    """Prints one sentence a finding; its status says whether there is a problem."""

    help = "Looks whether newsletters would arrive, and says what to put right; sends nothing."

    stealth_options = ("names",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the form of the answer."""
        parser.add_argument("--json", action="store_true", help="For programs.")

    def handle(self, *args: Any, names: Names | None = None, **options: Any) -> None:
        """Prints what was found, problems first.

        Raises:
            CommandError: when there are problems.
        """
        found = sorted(findings(names or load_names()), key=_by_weight)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], indent=2))
        else:
            for each in found:
                self.stdout.write(f"{each.level}: {each.sentence}")
        problems = sum(each.level is Level.PROBLEM for each in found)
        if problems:
            raise CommandError(f"Put right before the next issue: {problems}")


def findings(names: Names) -> list[Finding]:
    """Returns all that can be found out."""
    sender = Sender(
        domain=domain_of(parseaddr(str(settings.DEFAULT_FROM_EMAIL))[1]),
        selectors=list(getattr(settings, "V2V_DKIM_SELECTORS", [])),
        addresses=sending_addresses(names),
    )
    return [*check_domain(sender, names), check_server(), *check_site()]


def load_names() -> Names:
    """Returns what asks the DNS.

    Raises:
        CommandError: when the extra is not installed.
    """
    try:
        factory: Any = import_string(DNS)
    except ImportError as error:
        raise CommandError("Install the extra newsletters, which brings dnspython.") from error
    names: Names = factory()
    return names


def _by_weight(finding: Finding) -> int:
    return (Level.PROBLEM, Level.ADVICE, Level.FINE).index(finding.level)
