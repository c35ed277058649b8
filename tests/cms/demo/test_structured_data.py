"""What search engines read of every type of page that the demo has."""

from typing import Any

import pytest

from tests.browser.page_types import REPORTED
from tests.v2v_pages.documents import graph, read
from tests.v2v_pages.schema_org import mistakes, nodes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "kept_facts")]

SILENT = {"not found", "subscribe form"}
"""Pages of which there is nothing to say."""


def documents() -> dict[str, Any]:
    """Returns what each type of page says of itself, by its name."""
    pages = {
        name: read(path, 404 if name == "not found" else 200) for name, path in REPORTED.items()
    }
    assert {name for name, page in pages.items() if not page.select("script")} == SILENT
    return {name: graph(page) for name, page in pages.items() if name not in SILENT}


def test_every_type_of_page_says_only_what_the_vocabulary_knows() -> None:
    found = documents()

    assert {name: wrong for name, data in found.items() if (wrong := mistakes(data))} == {}
    kinds = {node.get("@type") for data in found.values() for node in nodes(data["@graph"])}
    # what only some pages have was there to be looked at
    assert {"Audience", "Dataset", "DefinedTerm", "DefinedTermSet", "HowToStep"} <= kinds
    assert {"BusinessEvent", "Thing", "VirtualLocation"} <= kinds
