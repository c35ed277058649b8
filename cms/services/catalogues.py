"""Finds every translatable string of the project, and the app whose catalogues it belongs to.

Babel reads the sources, so that neither developers nor gates need gettext. Each string goes into
the app that the wheel packs it into: templates lie in one folder, but travel with their app.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PACKAGES: Final = ("cms", "communication", "v2v_pages", "v2v_snippets")
UNREVIEWED: Final = "# Unreviewed: no partner of the project has read these translations yet."
"""Stands in the head of a catalogue until a speaker from a partner has read it."""

CONTEXT: Final = (1, "c")
KEYWORDS: Final = {
    f"{name}{suffix}": positions
    for suffix in ("", "_lazy")
    for name, positions in {
        "_": None,
        "gettext": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": (CONTEXT, 2),
        "npgettext": (CONTEXT, 2, 3),
    }.items()
}


def app_folders() -> list[Path]:
    """Returns the folders of the project's own apps, an inner app before the one around it."""
    folders = [Path(config.path) for config in apps.get_app_configs()]
    own = [path for path in folders if path.is_relative_to(settings.ROOT)]
    named = [path for path in own if path.relative_to(settings.ROOT).parts[0] in PACKAGES]
    return sorted(named, key=lambda path: -len(path.parts))


@cache
def packed_templates() -> dict[str, Path]:
    """Returns the app that each folder of templates is packed into, as pyproject.toml says it."""
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    folders = {name: folder for folder, name in wheel["sources"].items()}
    targets = {
        Path(source).name: target.partition("/templates/")[0]
        for source, target in wheel["force-include"].items()
    }
    return {folder: settings.ROOT / folders.get(app, app) for folder, app in targets.items()}


def owner(path: Path) -> Path:
    """Returns the folder of the app whose catalogues hold the strings of a file."""
    templates = settings.ROOT / "templates"
    if path.is_relative_to(templates):
        folder = path.relative_to(templates).parts[0]
        return packed_templates().get(folder, settings.ROOT / "cms")
    return next(folder for folder in app_folders() if path.is_relative_to(folder))


def source_files() -> Iterator[Path]:
    """Yields the modules and templates that may hold translatable strings."""
    for folder in ("templates", *PACKAGES):
        for pattern in ("*.py", "*.html", "*.mjml", "*.txt", "*.xml"):
            yield from sorted((settings.ROOT / folder).rglob(pattern))


def extract_strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Yields the strings of a file: singular, or singular and plural; comments; context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not code becomes words, which a tokenizer takes as long as nothing is indented
        source = "\n".join(line.lstrip() for line in templatize(source, str(path)).splitlines())
    found = extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators:"])
    for _line, message, comments, context in found:
        yield message, comments, context


def source_catalogues() -> dict[Path, Catalog]:
    """Returns, for each app that has translatable strings, a catalogue of them."""
    catalogues: dict[Path, Catalog] = {}
    for path in source_files():
        for message, comments, context in extract_strings(path):
            catalogue = catalogues.setdefault(owner(path), Catalog())
            name = path.relative_to(settings.ROOT).as_posix()
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogues


def catalogue_path(app: Path, language: str) -> Path:
    """Returns where an app keeps its translations into a language."""
    return app / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"


def read_catalogue(app: Path, language: str) -> Catalog:
    """Returns an app's translations into a language; an empty catalogue when there are none."""
    path = catalogue_path(app, language)
    if not path.exists():
        return new_catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language), domain="django")


def new_catalogue(language: str) -> Catalog:
    """Returns an empty catalogue, which says of itself that nobody has vouched for it yet."""
    about = f"# {language}: translations for V2V CMS, under its own licence."
    catalogue = Catalog(
        locale=to_locale(language),
        header_comment=f"{about}\n{UNREVIEWED}",
        project="V2V CMS",
        version="1",
        last_translator="V2V CMS",
        language_team=language,
        revision_date=datetime.now(UTC),
        charset="utf-8",
        fuzzy=False,
    )
    catalogue.msgid_bugs_address = ""  # as an argument, it would become EMAIL@ADDRESS
    return catalogue


def target_languages() -> list[str]:
    """Returns the languages that strings are translated into: all but that of the sources."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def is_translated(message: Message) -> bool:
    """Tells whether a message has its text, in a plural each of its texts, and nobody doubts it."""
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(texts) and not message.fuzzy


def update_catalogues() -> dict[Path, int]:
    """Brings every catalogue up to date with the sources; drops what is no longer in them.

    A string that moved from one app to another takes its translation along.

    Returns:
        How many strings each catalogue lacks a translation of.
    """
    missing = {}
    for language in target_languages():
        known = known_translations(language)
        for app, strings in source_catalogues().items():
            catalogue = read_catalogue(app, language)
            catalogue.update(strings, no_fuzzy_matching=True, update_creation_date=False)
            for message in catalogue:
                if message.id and not is_translated(message):
                    key = (message.id, message.context)
                    message.string = known.get(key, message.string)
            path = catalogue_path(app, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, catalogue, width=98, ignore_obsolete=True, include_lineno=False)
            missing[path] = sum(not is_translated(message) for message in catalogue)
    return missing


def known_translations(language: str) -> dict[tuple[Any, str | None], Any]:
    """Returns what any app translates into a language, by string and context."""
    return {
        (message.id, message.context): message.string
        for app in app_folders()
        for message in read_catalogue(app, language)
        if message.id and is_translated(message)
    }
