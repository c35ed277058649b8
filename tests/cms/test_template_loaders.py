"""Templates of the project lose their indentation, and nothing that anybody reads."""

from pathlib import Path
from typing import Any

import pytest
from django.template import Engine, Template
from django.template.base import TextNode

FORM = """<form>
  <p>
    {{ first }}
      {{ second }}
  </p>
</form>
"""
LISTING = "<ul>\n  <li>one</li>\n</ul>\n<pre>\n  kept\n    as it is</pre>\n"
SENTENCE = """{% load i18n %}
  <p>{% blocktranslate %}The page is gone, or it never was here.
  Look for it below.{% endblocktranslate %}</p>
"""


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine as the settings make it, with templates of its own."""
    names = {"form.html": FORM, "listing.html": LISTING, "letter.txt": FORM, "note.html": SENTENCE}
    for name, text in names.items():
        (tmp_path / name).write_text(text)
    loaders = [
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    return Engine(
        dirs=[str(tmp_path)],
        loaders=[("cms.template_loaders.CompactLoader", loaders)],
        libraries={"i18n": "django.templatetags.i18n"},
    )


def rendered(engine: Engine, name: str) -> str:
    return engine.render_to_string(
        name, {"first": "  as\n   given", "second": "", "in_language": "x"}
    )


def test_lines_stay_and_their_indentation_goes(engine: Engine) -> None:
    assert rendered(engine, "form.html") == "<form>\n<p>\n  as\n   given\n\n</p>\n</form>\n"


def test_a_template_is_shortened_once_and_kept(engine: Engine) -> None:
    assert engine.get_template("form.html") is engine.get_template("form.html")
    assert rendered(engine, "form.html") == rendered(engine, "form.html")


def test_what_shows_its_lines_as_they_are_keeps_them(engine: Engine) -> None:
    assert rendered(engine, "listing.html") == LISTING


def test_letters_in_plain_text_keep_their_lines(engine: Engine) -> None:
    assert "\n      \n" in rendered(engine, "letter.txt")


def test_sentences_are_looked_up_in_the_catalogues_as_they_are_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def look_up(text: str) -> str:
        asked.append(text)
        return text

    monkeypatch.setattr("django.utils.translation.gettext", look_up)

    rendered(engine, "note.html")

    assert asked == ["The page is gone, or it never was here.\n  Look for it below."]


def test_templates_of_other_packages_stay_as_they_are(engine: Engine) -> None:
    name = "wagtailadmin/shared/icon.html"
    source = texts_of(Engine(app_dirs=True).get_template(name))

    assert "\n    " in "".join(source)
    assert texts_of(engine.get_template(name)) == source


def texts_of(template: Template) -> list[str]:
    nodes: list[Any] = template.nodelist.get_nodes_by_type(TextNode)
    return [node.s for node in nodes]
