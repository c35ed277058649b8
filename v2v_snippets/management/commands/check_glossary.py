"""Looks for what got past the rules of the termbase: ``manage.py check_glossary``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...services.glossary_checks import concept_reports


class Command(BaseCommand):
    """For operators, after an import or a restored backup; the admin has the same report."""

    help = "Names all that breaks the rules of the glossary, and then ends with 1."

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes a line for each fault."""
        reports = concept_reports()
        for report in reports:
            self.stdout.write(str(report))
        if reports:
            raise CommandError("The glossary breaks its own rules: mend the concepts above.")
        if options["verbosity"]:
            self.stdout.write("All concepts keep to the rules.")
