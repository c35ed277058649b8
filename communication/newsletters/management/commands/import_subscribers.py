"""Brings subscribers in: ``manage.py import_subscribers subscribed.csv --list=news …``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from v2v_snippets.language.locales import content_languages, default_language

from ...enums import ImportOutcome
from ...exchange.reading import UnreadableFileError, read_file
from ...models import MailingList
from ...office.journal import note_import
from ...services.importing import ImportReport, ImportTarget, import_subscribers


class Command(BaseCommand):
    """The import of the admin, for those who sit at the server."""

    help = (
        "Reads a CSV file with subscribers: our own export, or one of Mailchimp's three. "
        "Suppressed addresses are left out, and nobody is resubscribed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the file and what it does not say itself."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--list", help="slug of the list, if the file does not name it")
        parser.add_argument(
            "--language",
            choices=content_languages(),
            default=default_language(),
            help="in which these people read, if the file does not say it",
        )
        parser.add_argument(
            "--consent-source", required=True, help="where and how these people agreed"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports, and prints what became of the rows.

        Raises:
            CommandError: when the file or the list cannot be used.
        """
        target = ImportTarget(
            self._list(options["list"]), options["language"], options["consent_source"]
        )
        try:
            report = import_subscribers(
                parsed=read_file(options["file"].read_bytes()),
                target=target,
                now=timezone.now(),
                dry_run=options["dry_run"],
                progress=self._progress if options["verbosity"] > 1 else None,
            )
        except (OSError, UnreadableFileError) as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            note_import(
                number=report.number_of_changes,
                lists=report.lists,
                consent_source=options["consent_source"],
            )
        self._print(report)
        self.stdout.write("Nothing was written." if options["dry_run"] else "It is written.")

    def _list(self, slug: str | None) -> MailingList | None:
        if slug is None:
            return None
        found = MailingList.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(MailingList.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no list {slug!r}. There are: {known}.")
        return found

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{total}")

    def _print(self, report: ImportReport) -> None:
        for fault in report.faults:
            self.stderr.write(f"line {fault.line}: {fault.message}")
        for outcome in ImportOutcome:
            if report.counts[outcome]:
                self.stdout.write(f"{report.counts[outcome]} {outcome.label}")
        self.stdout.write(f"{len(report.faults)} lines with faults were left out")
