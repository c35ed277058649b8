"""Loads the demo content into an empty site: ``manage.py load_demo``."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.demo.loading import Progress, SiteInUseError, load_demo


class Command(BaseCommand):
    """For `make run`, for trying things out, and for tests that want a whole site."""

    help = (
        "Loads the kick-off article, its partners and twinnings, and their translations, into an "
        "empty site. Does nothing where the demo is loaded already."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads the demo and shows how far it is."""
        try:
            with self.shown_progress(options["verbosity"]) as progress:
                was_loaded = load_demo(progress)
        except SiteInUseError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("The demo is loaded." if was_loaded else "The demo is there already.")

    @contextmanager
    def shown_progress(self, verbosity: int) -> Iterator[Progress | None]:
        """Gives a bar on a terminal, elsewhere a line a step, with ``-v 0`` nothing."""
        if not verbosity:
            yield None
        elif self.stdout.isatty() and find_spec("rich"):
            from rich.progress import Progress as Bars  # noqa: PLC0415  (an extra)

            with Bars(transient=True) as bars:
                task = bars.add_task("")
                yield lambda label, done, total: bars.update(
                    task, description=label, completed=done, total=total
                )
        else:
            yield lambda label, done, total: self.stdout.write(f"{done + 1}/{total} {label}")
