"""Writes the OpenAPI document into a file, so that a change of the API is a change one can see.

Beside it lies the document of the last release, which ``--check`` holds the new one to.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...api import build_api
from ...compatibility import breaking_changes

PREFIX = "/api/v1/"
RELEASED = "openapi.released.json"


class Command(BaseCommand):
    """Writes the document, or tells whether the written one is still right."""

    help = "Writes the OpenAPI document of the content API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file, the place where the API is mounted, and whether only to compare."""
        parser.add_argument("file", type=Path, help="Where to write it, such as openapi.json.")
        parser.add_argument("--prefix", default=PREFIX, help="Where the API is mounted.")
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail if the file is not right."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes or compares the document.

        Raises:
            CommandError: when the file is to be compared and differs, or breaks what was released.
        """
        file: Path = options["file"]
        document = build_api().document_at(options["prefix"])
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        if not options["check"]:
            file.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {file}.")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            raise CommandError(f"{file} is not what the API is: run export_openapi {file}")
        else:
            self._hold_to_the_release(document, file.with_name(RELEASED))

    def _hold_to_the_release(self, document: dict[str, Any], released: Path) -> None:
        if not released.exists():
            return
        broken = breaking_changes(json.loads(released.read_text(encoding="utf-8")), document)
        if broken:
            found = "\n".join(f"  {change}" for change in broken)
            raise CommandError(f"The API breaks clients of {released.name}:\n{found}")
