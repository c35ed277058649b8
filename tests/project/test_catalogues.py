"""Whoever reads the site in another language reads all of it in that language."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation import gettext, override

from cms.services.catalogues import (
    UNREVIEWED,
    catalogue_path,
    is_translated,
    owner,
    read_catalogue,
    source_catalogues,
    source_files,
    target_languages,
)

from .sources import ROOT, files, place

Sources = dict[str, tuple[Catalog, dict[str, Catalog]]]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """For each app with strings: those of its sources, and its catalogue in each language."""
    return {
        place(app): (strings, {code: read_catalogue(app, code) for code in target_languages()})
        for app, strings in source_catalogues().items()
    }


@pytest.mark.parametrize("language", target_languages())
def test_no_string_lacks_a_translation(sources: Sources, language: str) -> None:
    missing = []
    for app, (strings, catalogues) in sources.items():
        for message in strings:
            translated = catalogues[language].get(message.id, message.context)
            if message.id and (translated is None or not is_translated(translated)):
                missing.append(f"{app}: {message.id!r}")

    assert missing == [], "Run manage.py makemessages, and translate what is empty."


@pytest.mark.parametrize("language", target_languages())
def test_no_translation_outlives_its_string(sources: Sources, language: str) -> None:
    outlived = [
        f"{app}: {message.id!r}"
        for app, (strings, catalogues) in sources.items()
        for message in catalogues[language]
        if message.id and strings.get(message.id, message.context) is None
    ]

    assert outlived == [], "Run manage.py makemessages."


@pytest.mark.parametrize("language", target_languages())
def test_translations_keep_the_placeholders(sources: Sources, language: str) -> None:
    broken = [
        f"{app}: {message.id!r}: {error}"
        for app, (_strings, catalogues) in sources.items()
        for message, errors in catalogues[language].check()
        for error in errors
    ]

    assert broken == []


@pytest.mark.parametrize("language", target_languages())
def test_the_example_of_eleventy_has_the_words_of_the_site(sources: Sources, language: str) -> None:
    words = json.loads((ROOT / "docs/partners/eleventy/_data/words.json").read_text("utf-8"))
    said: dict[Any, set[Any]] = {}
    for _strings, catalogues in sources.values():
        for message in catalogues[language]:
            said.setdefault(message.id, set()).add(message.string)

    for name, word in words[language].items():
        assert word in said[words["en"][name]], name


def test_strings_of_a_template_belong_to_the_app_that_it_is_packed_into() -> None:
    for folder, app in {
        "communication_syndication": "communication/syndication",
        "v2v_api": "cms/api",
        "v2v_components": "v2v_pages",
        "v2v_pages": "v2v_pages",
    }.items():
        assert place(owner(ROOT / "templates" / folder / "any.html")) == app


def test_strings_of_the_projects_own_templates_belong_to_the_project() -> None:
    for name in ("404.html", "wagtailcore/shared/block_preview.html"):
        assert place(owner(ROOT / "templates" / name)) == "cms"


def test_an_app_keeps_its_translations_where_django_looks_for_them() -> None:
    path = catalogue_path(ROOT / "v2v_pages", "sr-latn")

    assert place(path) == "v2v_pages/locale/sr_Latn/LC_MESSAGES/django.po"


CATALOGUES = [path for path in files() if path.suffix == ".po"]
REVIEWED = re.compile(r"# Reviewed: \S.*, 20\d\d-\d\d-\d\d\.")
"""What takes the place of ``UNREVIEWED``: who of which partner has read a catalogue, and when."""


def is_review_told(text: str) -> bool:
    """Tells whether a catalogue says in its head, once, whether somebody has read it."""
    head = text.partition("msgid")[0].splitlines()
    return sum(line == UNREVIEWED or bool(REVIEWED.fullmatch(line)) for line in head) == 1


def test_each_catalogue_says_that_it_is_unreviewed_until_a_partner_has_read_it(
    sources: Sources,
) -> None:
    silent = [
        place(path) for path in CATALOGUES if not is_review_told(path.read_text(encoding="utf-8"))
    ]

    assert silent == []
    folders = {place(path).rpartition("/LC_MESSAGES")[0] for path in CATALOGUES}
    for app in sources:
        for language in target_languages():
            folder = place(catalogue_path(ROOT / app, language)).rpartition("/LC_MESSAGES")[0]
            assert folder in folders


def test_a_review_has_a_name_and_a_day() -> None:
    assert is_review_told('# hr: …\n# Reviewed: Ana Horvat, SEDU, 2027-01-15.\nmsgid ""')

    assert not is_review_told('# hr: …\n# Reviewed: SEDU.\nmsgid ""')
    assert not is_review_told('# hr: …\nmsgid ""')
    assert not is_review_told(f'# hr: …\nmsgid ""\n{UNREVIEWED}')


def test_a_catalogue_for_a_new_language_begins_unreviewed_and_keeps_saying_so(
    tmp_path: Path,
) -> None:
    path = catalogue_path(tmp_path, "hr")
    path.parent.mkdir(parents=True)

    for _time in ("first written", "read and written again"):
        catalogue = read_catalogue(tmp_path, "hr")
        with path.open("wb") as file:
            write_po(file, catalogue)

    assert is_review_told(path.read_text(encoding="utf-8"))


OVERLAYS = sorted((ROOT / "cms" / "overlay").rglob("*.po"))


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_words_given_to_wagtail_keep_their_placeholders_and_forms(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3], domain=path.stem)

    assert [error for _message, errors in catalogue.check() for error in errors] == []
    assert [message.id for message in catalogue if not is_translated(message)] == []


def test_words_of_ours_that_mean_something_else_leave_wagtails_alone() -> None:
    """The catalogues of all apps are one for Django: a word without context is one word."""
    with override("it"):
        assert gettext("Undo") == "Annulla"
        assert gettext("None") == "Nessuno"
        assert gettext("Field") == "campo"
        assert gettext("item") == "elemento"


def test_every_kind_of_template_with_words_to_translate_is_read() -> None:
    templates = [path for path in files() if path.is_relative_to(ROOT / "templates")]
    with_words = {path for path in templates if b"translate " in path.read_bytes()}

    assert with_words - set(source_files()) == set()
    assert {".html", ".mjml", ".txt"} <= {path.suffix for path in with_words}


WORDINGS = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


def terms(name: str) -> dict[str, list[str]]:
    """Returns what a concept may be called in each language: its preferred and admitted terms."""
    domains = tomllib.loads((ROOT / "cms" / "demo" / "concepts.toml").read_text(encoding="utf-8"))
    concepts = {each["terms"]["en"]: each for each in chain.from_iterable(domains.values())}
    found = {language: [term] for language, term in concepts[name]["terms"].items()}
    for other in concepts[name].get("also", []):
        if other["status"] == "admitted":
            found[other["language"]].append(other["term"])
    return found


@pytest.mark.parametrize("concept", WORDINGS["concepts"], ids=lambda concept: concept["name"])
def test_the_interface_calls_things_what_the_termbase_calls_them(
    sources: Sources, concept: dict[str, Any]
) -> None:
    assert set(concept["stems"]) == set(target_languages())
    for language, written in concept["stems"].items():
        stems = [re.compile(rf"(?i){re.escape(stem)}") for stem in written.split()]
        known = terms(concept["name"])[language]
        assert any(all(stem.search(term) for stem in stems) for term in known), (written, known)

    found = {
        (language, message): text
        for language, written in concept["stems"].items()
        for message in concept["messages"]
        for text in texts_of(sources, language, message)
        if not all(re.search(rf"(?i)(?<!\w){re.escape(stem)}", text) for stem in written.split())
    }
    assert found == {}


def texts_of(sources: Sources, language: str, message: str) -> list[str]:
    """Returns a string in another language, as each app has it."""
    found = [catalogues[language].get(message) for _strings, catalogues in sources.values()]
    texts = [str(each.string) for each in found if each is not None]
    assert texts, f"Nothing says {message!r}."
    return texts
