"""What search engines read of every type of page that the demo has."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.browser.page_types import REPORTED, everywhere
from tests.v2v_pages.documents import graph, read
from tests.v2v_pages.schema_org import mistakes, nodes

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo", "kept_facts"),
]

SILENT = {"not found", "subscribe form"}
"""Pages of which there is nothing to say."""


def documents(pages: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Returns what the addresses of each type of page say of themselves, by address."""
    found = {}
    for name, paths in pages.items():
        for path in paths:
            page = read(path, 404 if name == "not found" else 200, follow=True)
            assert bool(page.select("script")) == (name not in SILENT), path
            if name not in SILENT:
                found[path] = graph(page)
    return found


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param({name: [path] for name, path in REPORTED.items()}, id="some"),
        pytest.param(everywhere(), id="all", marks=pytest.mark.slow),
    ],
)
def test_every_type_of_page_says_only_what_the_vocabulary_knows(
    pages: Mapping[str, Sequence[str]],
) -> None:
    found = documents(pages)

    assert {path: wrong for path, data in found.items() if (wrong := mistakes(data))} == {}
    kinds = {node.get("@type") for data in found.values() for node in nodes(data["@graph"])}
    # what only some pages have was there to be looked at
    assert {"Audience", "Dataset", "DefinedTerm", "DefinedTermSet", "HowToStep"} <= kinds
    assert {"BusinessEvent", "Thing", "VirtualLocation"} <= kinds
