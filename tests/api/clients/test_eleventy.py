"""The example for Eleventy: a whole site of all that is public, and later from its last copy."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from pytest_django.live_server_helper import LiveServer

from cms.api.schemas.events import EventStatusName
from cms.api.schemas.items import ReviewStateName, TargetGroupName
from cms.api.schemas.process import DirectionName, RoleName
from tests.browser.looks import validate

from .node import EXAMPLES, MODULES, NOWHERE
from .whole_site import publish_everything

pytestmark = pytest.mark.browser

EXPECTED: Final[dict[str, list[str]]] = {
    "en": [
        "Five pairs of schools, one joint effort",
        "Ten vocational schools work in pairs.",
        'time datetime="2021-04">April 2021</time>: <strong>The work begins',
        'a href="/en/about/">Glossary',
        "Shared words.",
    ],
    "en/about": ["About the project."],
    "en/news": ['a href="/en/news/kick-off/">Kick-off &lt;1&gt;'],
    "en/news/kick-off": [
        "h1>Kick-off &lt;1&gt;",
        "Demo text: an example that reports nothing.",
        "SEDU",
        "We <b>met</b>.",
        "We learned a lot.",
        "Ask early.",
        "Monday",
        "Second",
        "https://video.example/1",
        "Document ",
        "15 March 2021",
        "Once a month.",
        "Welds.",
    ],
    "en/twinnings": ['a href="/en/twinnings/our-story/">Our story'],
    "en/twinnings/our-story": ["h1>Our story", "The partners met."],
    "en/events": ["Visit", "15 March 2021", "Cancelled"],
    "en/events/visit": [
        "strong>Cancelled",
        "15 March 2021",
        "16 March 2021",
        "09:30",
        "17:00",
        "Europe/Rome",
        "The workshop, Ferizaj, Kosovo*",
        "https://meet.example/room",
        "GSC",
        "Coffee first.",
        ".ics",
        "* This designation is without prejudice.",
    ],
    "it/eventi/visita": ["Annullato", "15 marzo 2021"],
    "en/repository": ["Insurance"],
    "en/repository/insurance": [
        "strong>Outdated",
        "2 April 2021",
        "Cover",
        "Italy",
        "Staff and accompanying persons",
        'span lang="hr">Zakon',
        "A ministry",
        "The form",
    ],
    "en/process": ["Before departure", "Agreement", "Sign it"],
    "en/process/agreement": [
        "h2>Sign it",
        "Host school",
        "8 weeks before departure",
        "From the European Union to the Western Balkans",
        "The programme",
        "All have signed",
        'a href="/en/about/">About',
        "Ask the chamber.",
    ],
    "en/vet-systems/system-it": [
        "Learners in VET",
        "41.5%",
        "Sample value of the demo: not a statistic.",
        'span lang="hr">Tehničar',
        "3.5 years",
        "The register",
    ],
    "en/newsletters": ["First issue"],
    "en/newsletters/first-issue": [
        "What the schools did in spring",
        "<b>spring</b> is here.",
        "What is next",
        "Words of the issue.",
        "Fair",
        "Podgorica",
        'alt="A lathe"',
        "In the workshop",
    ],
    "en/glossary": ["school", "institution"],
    "en/glossary/C-0001": [
        "h1>school",
        "Where one learns.",
        'span lang="it">scuola',
        'span lang="sq">shkollë profesionale',
        "The agency",
        "institution",
    ],
    "it/glossary/C-0001": ["h1>scuola", 'p lang="en">Where one learns.'],
}
"""What every page must say, without which the site would have lost something."""


def build(folder: Path, api: str) -> subprocess.CompletedProcess[str]:
    """Builds the site of the example into ``folder``."""
    if not (folder / "source").exists():
        shutil.copytree(EXAMPLES / "eleventy", folder / "source")
        (folder / "source/package.json").write_text('{"type": "module"}', encoding="utf-8")
    return subprocess.run(
        ["node", MODULES / "@11ty/eleventy/cmd.cjs", "--quiet", "--output", folder / "site"],
        cwd=folder / "source",
        env={**os.environ, "V2V_API": api, "V2V_COPY": str(folder / "copy.json")},
        capture_output=True,
        text=True,
        check=False,
    )


def said_by(page: str) -> str:
    """Returns a page in which spaces are as a browser shows them, with its tags."""
    return re.sub(r"\s+", " ", page)


def lost_from(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns what a site leaves out of what every page must say, by the path of the page."""
    return {
        path: words
        for path, sentences in EXPECTED.items()
        if (words := [text for text in sentences if text not in pages.get(path, "")])
    }


def test_eleventy_builds_a_site_of_everything_and_later_from_the_last_good_copy(
    live_server: LiveServer, transactional_db: None, tmp_path: Path
) -> None:
    publish_everything()
    started = time.monotonic()
    done = build(tmp_path, f"{live_server.url}/api/v1")
    taken = time.monotonic() - started

    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    files = {str(p.parent.relative_to(site)): p for p in site.rglob("index.html")}
    pages = {path: said_by(file.read_text("utf-8")) for path, file in files.items()}
    assert lost_from(pages) == {}
    for path, page in pages.items():
        language = path.partition("/")[0].replace(".", "en")
        assert f'<html lang="{language}">' in page, path
        assert "Funded by the European Union." in page, path
        assert "This communication reflects only" in page, path
        assert "* This designation is without prejudice." in page, path
        assert "CC-BY-4.0" in page, path
    english, italian = pages["en/news/kick-off"], pages["it/notizie/incontro"]
    assert '<link rel="alternate" hreflang="en" href="/en/news/kick-off/">' in italian
    assert 'href="/it/notizie/incontro/" hreflang="it" lang="it"' in english
    assert "Traduzione automatica." in italian
    assert '<a href="/it/" lang="it" dir="ltr">italiano</a>' in pages["."]
    assert "/en/about-us /en/about/ 301" in (site / "_redirects").read_text("utf-8")
    (tmp_path / "pages").mkdir()
    assert validate(tmp_path / "pages", "htmlvalidate.json", pages) == ""
    assert taken < 60

    files["en/news/kick-off"].unlink()
    again = build(tmp_path, NOWHERE)

    assert again.returncode == 0, again.stdout + again.stderr
    assert "last good copy" in again.stdout + again.stderr
    assert said_by(files["en/news/kick-off"].read_text("utf-8")) == english


def test_eleventy_builds_nothing_of_what_was_never_read(tmp_path: Path) -> None:
    assert build(tmp_path, NOWHERE).returncode != 0


@pytest.mark.parametrize(
    "names", [EventStatusName, ReviewStateName, TargetGroupName, RoleName, DirectionName]
)
def test_the_templates_have_a_word_for_each_value_in_all_languages(names: Any) -> None:
    words = json.loads((EXAMPLES / "eleventy/_data/words.json").read_text("utf-8"))

    assert len(words) == 13
    for language, known in words.items():
        assert set(get_args(names)) <= set(known), language
