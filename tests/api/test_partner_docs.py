"""The examples of docs/partners.md work as they stand there."""

import re
from pathlib import Path
from runpy import run_path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from communication.syndication.models import ContentVersion
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import FundingStatementFactory, NewsPageFactory
from tests.sites import SiteTree
from v2v_snippets.publication.changes import recording_changes

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


class Requests:
    """What the example knows as ``requests``."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str, *, timeout: float) -> Any:
        answer: Any = self.client.get(address)
        answer.raise_for_status = lambda: None
        return answer


def test_the_example_of_a_copy_keeps_it_in_sync(
    client: Client, tree: SiteTree, tmp_path: Path
) -> None:
    [example] = re.findall(r"```python\n(copy, token = .*?)```", GUIDE, re.DOTALL)
    script = tmp_path / "sync.py"
    script.write_text(example, encoding="utf-8")
    article = NewsPageFactory(parent=tree.news, title="Article")
    refresh_change_log()
    kept: list[Any] = [{}, ""]
    names = {
        "requests": Requests(client),
        "load": lambda: kept,
        "save": lambda *copy: kept.__setitem__(slice(2), copy),
    }

    run_path(str(script), names)
    before = kept[0][str(article.translation_key)]["title"]
    with recording_changes():
        article.title = "Edited"
        article.save_revision().publish()
        tree.partners.unpublish()
    run_path(str(script), names)
    after = dict(kept[0])
    ContentVersion.objects.update(epoch=uuid4())
    run_path(str(script), names)

    assert before == "Article"
    assert after[str(article.translation_key)]["title"] == "Edited"
    assert str(tree.partners.translation_key) not in after
    assert kept[0] == after
