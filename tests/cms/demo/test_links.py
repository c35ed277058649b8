"""Every address of the site that the demo names leads somewhere: pages, feeds, files, pictures."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser.page_types import REPORTED, in_languages
from tests.crawl import crawl, links_of
from tests.texts import PARTNERSHIP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "kept_facts")]

MACHINES = ("/", "/sitemap.xml", "/robots.txt", "/llms.txt")
STATIC = "/static/"
BY_LANGUAGE = ("calendars", "embed", "sharing")
"""What the crawler does not know to be in a language."""
PATTERNS = ("/api/v1/docs/", "/api/v1/openapi.json")
"""These explain addresses, which are none themselves."""
LANGUAGES = ("en", "fi", "sq", "sr")
"""The demo's own, two into which it is translated in part, and one that falls back: the same code
writes all others, whose versions the matrix of languages asks for."""


def left_out() -> tuple[str, ...]:
    """Returns the beginnings of what is in other languages, or is no answer of the site's."""
    others = [code for code in PARTNERSHIP if code not in LANGUAGES]
    foreign = (f"/{kind}/{code}/" for kind in BY_LANGUAGE for code in others)
    return (STATIC, *PATTERNS, *foreign)


@pytest.mark.slow
def test_no_link_of_the_demo_is_broken(client: Client) -> None:
    starts = [each for path in REPORTED.values() for each in in_languages(path, LANGUAGES)]
    broken: dict[str, tuple[object, str]] = {}
    files: dict[str, str] = {}
    read = set()
    for answer in crawl(client, [*MACHINES, *starts], LANGUAGES, left_out()):
        read.add(answer.path.split("/")[1])
        if answer.found_on and answer.status >= 400:
            broken[answer.path] = (answer.status, f"named by {answer.found_on}")
        static = (link for link in links_of(answer.content) if link.startswith(STATIC))
        files |= dict.fromkeys(static, answer.path)

    for path, page in files.items():
        if finders.find(path.removeprefix(STATIC).partition("?")[0]) is None:
            broken[path] = ("no file", f"named by {page}")
    assert broken == {}
    assert files
    assert {*LANGUAGES, "calendars", "feeds", "id", "media"} <= read
