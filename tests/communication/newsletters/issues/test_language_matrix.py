"""The archive and its issues are read as all other pages are, in every state of translation."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory
from tests.sites import build_site, kept_for_a_module, translate
from tests.v2v_pages.coverage import (
    Covered,
    covered,
    locale_of,
    translate_in_part,
    version,
)
from tests.v2v_pages.test_language_matrix import READERS, expect_in_every_way

pytestmark = [pytest.mark.crawl, pytest.mark.django_db, pytest.mark.usefixtures("kept_facts")]


@pytest.fixture(scope="module")
def cases(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Covered]]:
    """The archive and an issue, and two that were born in Albanian: made once for all tests."""
    with kept_for_a_module(django_db_blocker):
        pages = publish_issues()
        found = [covered(name, page) for name, page in pages.items()]
        with django_db_blocker.block():
            yield found


def publish_issues() -> dict[str, Any]:
    """Publishes them in the states that pages can be in."""
    home = build_site("it", "fi", "sq", "es").home
    for code in ("cnr", "sr-latn"):
        home.copy_for_translation(locale_of(code), alias=True)
    archive = NewsletterIndexPageFactory(parent=home)
    issue = NewsletterPageFactory(parent=archive)
    for page in (archive, issue):
        translate(page, "it", slug=f"{page.slug}-it")
    translate_in_part([archive], [issue])
    born = NewsletterIndexPageFactory(parent=version(home, "sq"), slug="buletinet")
    return {
        "archive": archive,
        "issue": issue,
        "archive born in Albanian": born,
        "issue born in Albanian": NewsletterPageFactory(parent=born, slug="numri"),
    }


@pytest.mark.parametrize("reader", READERS)
def test_issues_are_read_in_the_best_language_there_is(cases: list[Covered], reader: str) -> None:
    for case in cases:
        expect_in_every_way(case, reader)
        for path in case.detours(reader):
            assert Client().get(path)["Location"] == case.path_for(reader)


@pytest.mark.parametrize("reader", READERS)
def test_drafts_of_issues_are_found_in_no_language(cases: list[Covered], reader: str) -> None:
    hidden = [path for case in cases for path in case.hidden]
    assert [path.split("/")[1] for path in hidden] == ["es", "fi"]

    for path in hidden:
        for asked in (path, path.replace(path[:3], f"/{reader}", 1)):
            assert Client().get(asked).status_code == 404
