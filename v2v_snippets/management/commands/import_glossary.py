"""Brings a file into the termbase: ``manage.py import_glossary glossary.tbx --dry-run``."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...enums import ConceptDomain
from ...exchange.describing import lines_of
from ...exchange.faults import DEFAULT_DOMAIN, UnreadableFileError
from ...exchange.formats import FORMATS
from ...exchange.reading import format_of
from ...services.glossary_import import (
    COMPARING,
    READING,
    ImportReport,
    Progress,
    compare_glossary,
    import_glossary,
    read_file,
)


class Command(BaseCommand):
    """For operators: the same import as in the admin, with the whole difference."""

    help = (
        "Adds what a file says to the glossary, all of it or, where anything is wrong, nothing. "
        "Importing it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file, and what it does not say itself."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="where its name does not say it")
        parser.add_argument("--dry-run", action="store_true", help="only show the difference")
        parser.add_argument(
            "--domain",
            choices=ConceptDomain.values,
            default=DEFAULT_DOMAIN,
            help="of new concepts whose file does not say one (%(default)s)",
        )
        parser.add_argument(
            "--source",
            default="",
            help="how the URIs of concepts begin that the file names by identifiers of its own",
        )
        parser.add_argument("--user", help="whom the history names: a user name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Shows the difference; with a fault, writes nothing and ends with 1."""
        file: Path = options["file"]
        user = self._user(options["user"])
        try:
            content = file.read_bytes()
            extension = options["format"] or format_of(file.name)
            with self.shown_progress(options["verbosity"]) as progress:
                progress(READING, 0, 0)
                parsed = read_file(
                    content=content,
                    extension=extension,
                    domain=options["domain"],
                    source=options["source"],
                )
                progress(COMPARING, 0, 0)
                if options["dry_run"]:
                    report = compare_glossary(parsed=parsed, domain=options["domain"])
                else:
                    report = import_glossary(
                        parsed=parsed,
                        file_name=file.name,
                        domain=options["domain"],
                        user=user,
                        progress=progress,
                    )
        except (OSError, UnreadableFileError) as error:
            raise CommandError(str(error)) from error
        self._show(report, options["verbosity"], is_dry=options["dry_run"])

    def _user(self, name: str | None) -> Any:
        if not name:
            return None
        users = get_user_model()
        try:
            return users._default_manager.get_by_natural_key(name)
        except users.DoesNotExist as error:
            raise CommandError(f"There is no user {name}.") from error

    def _show(self, report: ImportReport, verbosity: int, *, is_dry: bool) -> None:
        if verbosity:
            for change in report.changes:
                self.stdout.writelines(f"{line}\n" for line in lines_of(change))
        for notice in report.notices:
            self.stdout.write(notice)
        for fault in report.faults:
            self.stderr.write(str(fault))
        if report.faults:
            raise CommandError(f"Faults: {len(report.faults)}. Nothing was written.")
        if verbosity:
            self.stdout.write(
                f"New: {report.new}, changed: {report.changed}, unchanged: {report.unchanged}."
                + (" Nothing was written: this was a dry run." if is_dry else "")
            )

    @contextmanager
    def shown_progress(self, verbosity: int) -> Iterator[Progress]:
        """Gives a bar on a terminal, elsewhere a line for each step with ``-v 2``."""
        if verbosity and self.stdout.isatty() and find_spec("rich"):
            bars_of_rich = import_module("rich.progress").Progress  # an extra
            with bars_of_rich(transient=True) as bars:
                task = bars.add_task("", total=None)
                yield lambda label, done, total: bars.update(
                    task, description=label, completed=done, total=total or None
                )
        elif verbosity > 1:
            yield lambda label, done, total: self.stdout.write(f"{label}: {done}/{total}")
        else:
            yield say_nothing


def say_nothing(*_progress: Any) -> None:
    """Is told how far the import is, and keeps it to itself."""
