"""Nothing that is not public appears in a byte of the API, by whichever way it is asked."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from communication.syndication.services.change_log import refresh_change_log
from tests.byte_cache import KeptAnswers
from tests.partner_sites import bearer, new_key
from tests.sites import SiteTree
from v2v_snippets.publication.previews import preview_token

from .hidden import CANARY, COMPARED, addresses, hide
from .test_frame import LISTS

pytestmark = pytest.mark.crawl


@pytest.fixture(scope="module")
def hidden_once(built_tree: SiteTree, django_db_blocker: Any) -> dict[str, Page]:
    """What ``hidden`` is, made once for the tests of this module."""
    with django_db_blocker.unblock():
        return hide(built_tree)


@pytest.fixture
def hidden(hidden_once: dict[str, Page], db: None) -> dict[str, Page]:
    """All that is hidden, on a site that points to it."""
    return hidden_once


def seen_by(client: Client, hidden: dict[str, Page]) -> dict[str, str]:
    """Asks in every way; returns where the word is said, with what stands around it."""
    seen = {}
    for address in addresses(hidden):
        answer = client.get(f"/api/v1/{address}")
        text = f"{answer.headers}{answer.getvalue().decode()}"
        asked = f"tag={CANARY}" in address
        if address.startswith("resolve/"):
            text = text.replace(answer.json()["path"], "")
            assert answer.json()["kind"] in {"unknown", "gone", "redirect"}, address
        if CANARY in text.lower() and not asked:
            seen[address] = text[max(0, text.lower().index(CANARY) - 80) :][:160]
        expected = {403, 404} if "preview" in address else {200, 404, 410}
        assert answer.status_code in expected, address
        if asked:
            assert answer.json()["items"] == []
    return seen


@pytest.mark.usefixtures("kept_facts")
def test_what_is_not_public_is_in_no_byte_of_the_api(
    client: Client, hidden: dict[str, Page]
) -> None:
    assert seen_by(client, hidden) == {}


@pytest.mark.slow
def test_what_is_kept_of_the_api_is_no_more(hidden: dict[str, Page]) -> None:
    """Editors, keys and previews come first; then everybody, twice: made, and from the cache."""
    refresh_change_log()
    kept = KeptAnswers()
    user = get_user_model().objects.create_superuser("editor", "e@v2v.example", "password")
    editor = kept.browser()
    editor.force_login(user)
    key = bearer(new_key())
    for address in addresses(hidden):
        editor.get(f"/api/v1/{address}")
        kept.browser().get(f"/api/v1/{address}", headers=key)
    drafts = [hidden[state] for state in ("draft", "draft story", "draft event")]
    tokens = [preview_token(page=page, user=user) for page in drafts]
    previews = [kept.browser().get(f"/api/v1/preview/{token}/") for token in tokens for _n in "12"]
    assert all(CANARY in answer.content.decode() for answer in previews)
    assert kept.hits == 0

    made = seen_by(kept.browser(), hidden)
    repeated = seen_by(kept.browser(), hidden)

    assert (made, repeated) == ({}, {})
    assert kept.hits > len(list(addresses(hidden))) / 4, "Items that are not there are not kept."


def test_what_is_public_is_there_although_it_points_to_what_is_hidden(
    client: Client, hidden: dict[str, Page]
) -> None:
    items = client.get("/api/v1/content/?limit=100&fields=title").json()["items"]

    titles = {item["title"] for item in items}

    assert {"Public", "Story", "About", "Translated", "Changed", "On terms"} <= titles
    assert {"Public advice", "VET in HR", "Sistema sloveno", "Public process"} <= titles
    compared = client.get(f"/api/v1/vet-systems/compare/?{COMPARED}").json()
    assert len(compared["systems"]) == 3
    assert [each["value"] for each in compared["items"][0]["values"]] == [69.5] * 3


def test_signing_in_shows_nothing_more(client: Client, hidden: dict[str, Page]) -> None:
    addresses_of_lists = [f"/api/v1/{name}/?limit=100" for name in LISTS if name != "locales"]
    before = [client.get(address).content for address in addresses_of_lists]
    user = get_user_model().objects.create_superuser("editor", "e@v2v.example", "password")
    client.force_login(user)
    session = client.session
    session["passed_page_view_restrictions"] = list(range(1, 20))
    session.save()

    after = [client.get(address).content for address in addresses_of_lists]

    assert after == before
    for page in hidden.values():
        answer = client.get(f"/api/v1/content/{page.translation_key}/")
        assert CANARY not in answer.content.decode()


def test_asking_for_something_hidden_is_like_asking_for_nothing(
    client: Client, hidden: dict[str, Page]
) -> None:
    nothing = client.get("/api/v1/content/00000000-0000-4000-8000-000000000000/")

    for state in ("below a draft", "draft", "scheduled", "expired", "by login", "by password"):
        answer = client.get(f"/api/v1/content/{hidden[state].translation_key}/")

        assert answer.status_code == nothing.status_code == 404
        assert answer.content == nothing.content
