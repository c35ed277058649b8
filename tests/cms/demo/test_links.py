"""Every address of the site that the demo names leads somewhere: pages, feeds, files, pictures."""

from collections.abc import Collection

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
MANY = ("/api/", "/oembed/", "/sharing/")
"""Each page names some of these: they are asked with the slow proofs."""


def left_out(languages: Collection[str]) -> tuple[str, ...]:
    """Returns the beginnings of what is in other languages, or is no answer of the site's."""
    others = [code for code in PARTNERSHIP if code not in languages]
    foreign = (f"/{kind}/{code}/" for kind in BY_LANGUAGE for code in others)
    return (STATIC, *PATTERNS, *foreign, *(MANY if others else ()))


@pytest.mark.slow
@pytest.mark.parametrize("languages", [PARTNERSHIP], ids=["all"])
def test_no_link_of_the_demo_is_broken(client: Client, languages: Collection[str]) -> None:
    starts = [each for path in REPORTED.values() for each in in_languages(path, languages)]
    broken: dict[str, tuple[object, str]] = {}
    files: dict[str, str] = {}
    read = set()
    for answer in crawl(client, [*MACHINES, *starts], languages, left_out(languages)):
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
    assert {*languages, "calendars", "feeds", "id", "media"} <= read
