"""Tokens of changes: whose they are, for what, and for how long."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from communication.syndication.models import ContentVersion
from tests.sites import SiteTree

from .test_changes import new, publish
from .test_frame import assert_problem

Get = Callable[..., Any]


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "1" * 1000])
def test_a_token_that_is_none_of_ours_is_refused(logged: SiteTree, get: Get, token: str) -> None:
    answer = get("changes/", token=token)

    assert_problem(answer, 400)
    assert "token of ours" in answer.json()["errors"][0]["message"]


def test_a_tampered_token_is_refused(logged: SiteTree, get: Get) -> None:
    token = get("changes/").json()["token"]
    middle = len(token) // 2
    other = "A" if token[middle] != "A" else "B"

    assert_problem(get("changes/", token=token[:middle] + other + token[middle + 1 :]), 400)


@pytest.mark.parametrize(
    "selection", [{"locale": "it"}, {"fallback": "none"}, {"type": "news"}, {"locale": "sq"}]
)
def test_a_token_belongs_to_its_selection(
    logged: SiteTree, get: Get, selection: dict[str, str]
) -> None:
    token = get("changes/", limit=100).json()["token"]

    answer = get("changes/", token=token, **selection)

    assert_problem(answer, 400)
    assert "start again" in answer.json()["errors"][0]["message"]
    assert get("changes/", token=token, locale="en", limit=1, fields="title").status_code == 200


def test_a_token_from_before_what_is_kept_says_to_start_again(logged: SiteTree, get: Get) -> None:
    new(logged)
    token = get("changes/").json()["token"]
    still_known = get("changes/", token=token).status_code
    publish(logged.news)
    ContentVersion.objects.update(pruned_to=ContentVersion.objects.get().counter)

    answer = get("changes/", token=token)

    assert still_known == 200
    assert_problem(answer, 410)
    assert "Start again" in answer.json()["detail"]


@pytest.mark.parametrize("state", [{"epoch": uuid4()}, {"counter": 0}])
def test_a_token_of_a_log_that_was_restored_says_to_start_again(
    logged: SiteTree, get: Get, state: dict[str, Any]
) -> None:
    token = get("changes/").json()["token"]
    ContentVersion.objects.update(**state)

    assert_problem(get("changes/", token=token), 410)
