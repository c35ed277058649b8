"""Compiles the message catalogues, so that neither a fresh machine nor the wheel needs gettext.

The compiled files are not kept in the repository. ``make`` runs this file; hatchling calls it as
a hook and learns which of the files that git ignores belong into the wheel.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cms", "communication", "v2v_pages", "v2v_snippets")


def compile_catalogues(root: Path) -> list[Path]:
    """Brings every ``.mo`` of the packages up to date and returns them all."""
    return [
        compile_catalogue(source)
        for package in PACKAGES
        for source in sorted((root / package).rglob("LC_MESSAGES/*.po"))
    ]


def compile_catalogue(source: Path) -> Path:
    """Writes the ``.mo`` beside a ``.po``, unless it is the newer of the two; returns its path."""
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, domain=source.stem, abort_invalid=True))
    return target


def get_build_hook() -> type[Any]:
    """What hatchling asks a file of hooks for."""
    from hatchling.builders.hooks.plugin.interface import (  # noqa: PLC0415  (only a build has hatchling)
        BuildHookInterface,
    )

    class CatalogueHook(BuildHookInterface[Any]):
        """Puts the compiled catalogues into the wheel, although git ignores them."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Names every compiled catalogue as an artifact of the build."""
            root = Path(self.root)
            build_data["artifacts"] += [
                path.relative_to(root).as_posix() for path in compile_catalogues(root)
            ]

    return CatalogueHook


if __name__ == "__main__":
    compile_catalogues(ROOT)
