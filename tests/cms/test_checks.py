"""The system checks find what they are there for: each is shown a planted mistake."""

from typing import Any

import pytest
from django.core.checks import run_checks
from wagtail.models import Page

from v2v_pages.blocks import StoryBlock
from v2v_pages.blocks.text import QuoteBlock
from v2v_pages.models import NewsPage, StandardPage


def found() -> set[str | None]:
    return {message.id for message in run_checks(tags=["v2v"])}


def test_project_is_clean() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("attribute", "value", "check"),
    [
        ("api_fields", [], "v2v.E001"),
        ("search_fields", Page.search_fields, "v2v.E002"),
        ("page_description", "", "v2v.E004"),
    ],
)
def test_incomplete_page_type_is_refused(
    monkeypatch: pytest.MonkeyPatch, attribute: str, value: Any, check: str
) -> None:
    monkeypatch.setattr(NewsPage, attribute, value)
    assert found() == {check}


@pytest.mark.parametrize("rule", ["parent_page_types", "subpage_types"])
def test_page_type_without_its_own_tree_rules_is_refused(
    monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    monkeypatch.delattr(StandardPage, rule)
    assert found() == {"v2v.E003"}


@pytest.mark.parametrize(
    ("attribute", "check"), [("description", "v2v.E007"), ("template", "v2v.E007")]
)
def test_block_that_editors_cannot_recognise_is_refused(
    monkeypatch: pytest.MonkeyPatch, attribute: str, check: str
) -> None:
    for model in (NewsPage, StandardPage):
        stream = model._meta.get_field("body").stream_block
        monkeypatch.setattr(stream.child_blocks["quote"].meta, attribute, None)
    assert check in found()


def test_body_with_too_many_kinds_of_block_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = NewsPage._meta.get_field("body").stream_block
    extra = {f"quote_{n}": QuoteBlock() for n in range(2)}
    monkeypatch.setattr(stream, "child_blocks", {**StoryBlock().child_blocks, **extra})
    assert "v2v.E006" in found()
