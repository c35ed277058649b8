"""Writes the search index anew: ``manage.py rebuild_search_index``."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand

from v2v_pages.services.indexing import rebuild_index


class Command(BaseCommand):
    """For operators, after the first ``migrate`` of a site with content, and after imports.

    Running it again does no harm, and readers search in the old index until it is done.
    """

    help = "Writes the search index of pages and records anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds the index and shows how far it is."""
        verbosity = options["verbosity"]
        if verbosity and self.stdout.isatty() and find_spec("rich"):
            total = self.rebuild_with_bar()
        else:
            total = rebuild_index(progress=self.write_line if verbosity > 1 else None)
        if verbosity:
            self.stdout.write(f"The search index has {total} entries.")

    def rebuild_with_bar(self) -> int:
        """Shows on a terminal what is being indexed."""
        bars_of_rich = import_module("rich.progress").Progress  # an extra
        with bars_of_rich(transient=True) as bars:
            task = bars.add_task("", total=None)
            return rebuild_index(
                lambda label, done: bars.update(task, description=f"{label}: {done}")
            )

    def write_line(self, label: str, done: int) -> None:
        """Shows elsewhere, with ``-v 2``, a line for each batch."""
        self.stdout.write(f"{label}: {done}")
