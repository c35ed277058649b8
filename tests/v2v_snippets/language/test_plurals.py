"""Counts take the right form in every language, and Serbian in Latin letters stays Latin."""

import re
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.apps import apps
from django.test import RequestFactory
from django.utils.translation import gettext, override
from django.views.i18n import JavaScriptCatalog

from cms.services.catalogues import read_catalogue, source_catalogues, target_languages

COUNTS = (0, 1, 2, 3, 5, 11, 21, 101)
CYRILLIC = re.compile(r"[\u0400-\u04ff]|\\u04")
TAGS = ("zero", "one", "two", "few", "many", "other")

FORMS = {
    # one, two, few (3 and 4), other: 101 članek as 1
    "sl": (3, 0, 1, 2, 3, 3, 3, 0),
    # one (also 21, 101), few (2 to 4), other
    "hr": (2, 0, 1, 1, 2, 2, 0, 0),
    "cnr": (2, 0, 1, 1, 2, 2, 0, 0),
    # one, and all others: 0, 21 and 101 are plural
    "sq": (1, 0, 1, 1, 1, 1, 1, 1),
    "it": (1, 0, 1, 1, 1, 1, 1, 1),
}
"""The place of each count's form in the catalogue."""


@cache
def our_apps() -> tuple[Path, ...]:
    """Returns the folders of those apps that have strings: all sources are read for that, once."""
    return tuple(source_catalogues())


@cache
def catalogues(code: str) -> list[Catalog]:
    """Returns the catalogues of all our apps in a language."""
    return [read_catalogue(app, code) for app in our_apps()]


def form(catalogue: Catalog, count: int) -> int:
    """Returns which form a catalogue's own header gives to a count."""
    return int(c2py(catalogue.plural_expr)(count))


@pytest.mark.parametrize("code", FORMS)
def test_counts_take_the_form_that_speakers_use(code: str) -> None:
    for catalogue in catalogues(code):
        assert tuple(form(catalogue, count) for count in COUNTS) == FORMS[code]


@pytest.mark.parametrize("code", target_languages())
def test_headers_agree_with_the_cldr(code: str) -> None:
    locale = Locale.parse(code, sep="-")
    tags = [locale.plural_form(count) for count in COUNTS]
    order = [tag for tag in TAGS if tag in tags]

    for catalogue in catalogues(code):
        assert [form(catalogue, count) for count in COUNTS] == [order.index(tag) for tag in tags]


@pytest.mark.parametrize("code", target_languages())
def test_every_counted_string_has_all_forms(code: str) -> None:
    counted = [
        (message.id, message.string, catalogue.num_plurals)
        for catalogue in catalogues(code)
        for message in catalogue
        if message.pluralizable and message.id
    ]

    assert counted
    for _text, forms, number in counted:
        assert len(list(forms or ())) == number


def shipped_in_serbian(domain: str) -> set[str]:
    """Returns the strings that some app translates into Serbian."""
    found: set[str] = set()
    for app in apps.get_app_configs():
        path = Path(app.path) / f"locale/sr/LC_MESSAGES/{domain}.mo"
        if path.exists():
            with path.open("rb") as compiled:
                ids = (message.id for message in read_mo(compiled))
                found |= {text for text in ids if isinstance(text, str) and text}
    return found


def test_serbian_in_latin_letters_borrows_no_cyrillic() -> None:
    """gettext looks for ``sr`` where an app has no ``sr_Latn``."""
    with override("sr-latn"):
        texts = {text: gettext(text) for text in shipped_in_serbian("django")}

    assert len(texts) > 300
    assert {text: found for text, found in texts.items() if CYRILLIC.search(found)} == {}


def test_scripts_of_the_admin_speak_latin_serbian() -> None:
    with override("sr-latn"):
        answer: Any = JavaScriptCatalog.as_view()(RequestFactory().get("/admin/jsi18n/"))

    assert not CYRILLIC.search(answer.content.decode())
