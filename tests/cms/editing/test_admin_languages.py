"""Editors write, submit, publish and choose in their own language, also where Wagtail has none."""

from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from cms.services.roles import PARTNER_EDITOR
from tests.cms.editing.screens import reads_in, screens
from tests.cms.editing.words import watched

pytestmark = [pytest.mark.crawl, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

ENOUGH = 0.9
SLOW_LANGUAGES = ("bs", "cnr", "sr", "sr-latn", "hr", "fi", "sl")
SCRIPTS = {
    "wagtailadmin_javascript_catalog": "wagtail.admin",
    "wagtail_localize:javascript_catalog": "wagtail_localize",
}
"""Where scripts of the admin get their words, and the package that they are the words of."""


def share(known: int, unknown: int) -> float:
    return known / (known + unknown)


@pytest.mark.parametrize(
    "language",
    ["sq", *(pytest.param(code, marks=pytest.mark.slow) for code in SLOW_LANGUAGES)],
)
def test_nine_tenths_of_each_screen_are_in_the_editors_language(language: str) -> None:
    poor = {}
    with watched(language) as watching:
        for name, html in screens(language):
            known, unknown = watching.words_in(html)
            assert known, f"nothing of {name} was counted"
            if share(len(known), len(unknown)) < ENOUGH:
                poor[name] = sorted(unknown)

    assert poor == {}


def words_of_scripts(package: str) -> set[str]:
    """Returns the strings of a package's scripts, as keys of the catalogue that browsers get."""
    folder = Path(str(import_module(package).__file__)).parent
    with (folder / "locale" / "en" / "LC_MESSAGES" / "djangojs.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return {each if isinstance(each, str) else each[0] for each in ids}


@pytest.mark.parametrize("language", ["sq", *SLOW_LANGUAGES])
@pytest.mark.parametrize("view", SCRIPTS)
def test_nine_tenths_of_what_scripts_say_are_in_the_editors_language(
    view: str, language: str
) -> None:
    words = words_of_scripts(SCRIPTS[view])

    answer = reads_in(language, PARTNER_EDITOR).get(reverse(view), headers={"Accept": "text/html"})

    missing = {word for word in words if f'"{js_string(word)}": ' not in answer.content.decode()}
    assert share(len(words - missing), len(missing)) >= ENOUGH, sorted(missing)


def js_string(text: str) -> str:
    """Returns a string as it stands in the script, between its quotes."""
    return text.replace('"', '\\"')
