"""Writes the termbase to a file: ``manage.py export_glossary glossary.tbx``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...enums import ConceptDomain
from ...exchange.formats import FORMATS
from ...language.locales import content_languages
from ...models import GlossaryConcept
from ...services.glossary_export import export_glossary


class Command(BaseCommand):
    """For operators: a backup that people can read, or what another tool wants."""

    help = f"Writes the glossary to a file; its ending says the format: {', '.join(FORMATS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file, and what to leave out."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--domain", choices=ConceptDomain.values)
        parser.add_argument("--language", choices=content_languages(), default="")
        parser.add_argument("--public", action="store_true", help="only what readers see")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file, or says why not."""
        extension = options["file"].suffix.removeprefix(".")
        if extension not in FORMATS:
            raise CommandError(f"The file has to end in one of: {', '.join(FORMATS)}.")
        concepts = GlossaryConcept.objects.all()
        if options["public"]:
            concepts = concepts.public()  # for the count below, too
        if options["domain"]:
            concepts = concepts.filter(domain=options["domain"])
        content = export_glossary(
            concepts=concepts,
            extension=extension,
            language=options["language"],
            public=options["public"],
        )
        try:
            options["file"].write_bytes(content)
        except OSError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{concepts.count()} concepts, {len(content)} bytes.")
