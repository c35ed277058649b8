"""Nothing that is not public appears in a byte of page, list, feed, site map, file or API.

Hidden things of every kind carry a canary word in each of their fields and in the names of their
files. A crawler starts from every public surface, follows all internal links, and looks for the
word in what it gets.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.crawl import crawl
from tests.project.hidden import CANARY, hide_everything
from tests.project.surfaces import KNOWLEDGE, LANGUAGES, hidden_addresses, leaks, surfaces
from tests.sites import kept_for_a_module
from tests.texts import PARTNERSHIP
from v2v_pages.models import SearchEntry

pytestmark = pytest.mark.crawl


@pytest.fixture(scope="module")
def hidden_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Any]]:
    """What ``hidden`` is, made once for the tests of this module."""
    with kept_for_a_module(django_db_blocker):
        hidden = hide_everything()
        with django_db_blocker.block():
            yield hidden


@pytest.fixture
def hidden(hidden_once: list[Any], db: None) -> list[Any]:
    """What must not be seen, in a site that has something to see."""
    return hidden_once


@pytest.mark.usefixtures("kept_facts")
@pytest.mark.parametrize(
    "languages", [LANGUAGES, pytest.param(PARTNERSHIP, marks=pytest.mark.slow)], ids=len
)
def test_no_canary_in_any_byte_that_the_public_can_reach(
    client: Client, hidden: list[Any], languages: tuple[str, ...]
) -> None:
    starts = surfaces(hidden)
    answers = {answer.path: answer for answer in crawl(client, starts, languages)}

    assert [path for path, answer in answers.items() if leaks(answer)] == []
    broken = [path for path, answer in answers.items() if answer.status >= 500]
    assert broken == []
    reached = {path for path, answer in answers.items() if answer.status == 200}
    assert {"/en/news/public-article/", "/sr/news/public-article/", "/it/notizie/"} <= reached
    for pattern, said in KNOWLEDGE.items():
        answer = answers[pattern.format(code="en")]
        assert (answer.status, said in answer.content) == (200, True), answer.path
    assert len(answers) > len(starts), "the crawler followed no link"


def test_hidden_pages_answer_nothing_under_their_own_addresses(
    client: Client, hidden: list[Any]
) -> None:
    for address in hidden_addresses():
        response = client.get(address)
        if response.status_code == 302:
            # to the sign-in of a page for some alone, or to its version for everybody
            leads_to = response["Location"]
            assert "login" in leads_to or leads_to.endswith("/sistemi/sloveno/"), address
        else:
            # the form that asks for a password is no more than that
            asks = not response.streaming and b"password" in response.content
            assert response.status_code == 404 or asks, address
        card = client.get(f"/sharing{address.rstrip('/')}.png")
        assert card.status_code == 404, address


def test_asking_for_hidden_words_finds_nothing(client: Client, hidden: list[Any]) -> None:
    """The index knows closed pages: only the question who may read them keeps them back."""
    assert SearchEntry.objects.filter(title__contains=CANARY).exists()

    for code in LANGUAGES:
        for asked in (CANARY, f'"{CANARY} of"', CANARY[:4], f"text {CANARY}"):
            answer = client.get("/api/v1/search/", {"q": asked, "locale": code}).json()
            page = client.get(f"/{code}/search/", {"q": asked})

            assert (answer["items"], answer["total"]["count"], answer["facets"]) == ([], 0, {})
            assert b'class="item"' not in page.content
            assert b'class="filters"' not in page.content
