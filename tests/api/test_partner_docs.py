"""The examples of docs/partners.md work as they stand there."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import FundingStatementFactory, NewsPageFactory
from tests.sites import SiteTree

from .test_frame import RESOURCES

GUIDE = (Path(__file__).resolve().parents[2] / "docs/partners.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"curl '?https://v2v\.example([^'\s]+)", GUIDE)


def test_the_guide_has_examples_of_what_stands_around_the_content() -> None:
    shown = {address.split("/")[3] for address in EXAMPLES}

    assert shown <= set(RESOURCES)
    assert {"news", "navigation", "settings", "funding", "tags", "resolve", "redirects"} <= shown


@pytest.mark.parametrize("address", EXAMPLES)
def test_examples_of_the_guide_are_answered(client: Client, tree: SiteTree, address: str) -> None:
    NewsPageFactory(parent=tree.news, tags=["visits"])
    FundingStatementFactory()

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.json()
