"""Lighthouse's mobile reader is content with every page type, served as in production.

Scores of speed depend on the machine: the slow test takes the median of three runs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.lighthouse import faults, table, typical
from tests.browser.page_types import REPORTED
from tests.browser.serving import served_demo


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo site in processes of its own: granian, packed files, all headers."""
    with served_demo(tmp_path_factory.mktemp("lighthouse")) as url:
        yield url


@pytest.mark.slow
def test_every_page_type_is_faultless_and_fast(demo_url: str, tmp_path: Path) -> None:
    measured = {name: typical(name, demo_url + path, tmp_path) for name, path in REPORTED.items()}

    wrong = {name: faults(name, found) for name, found in measured.items()}
    assert not any(wrong.values()), f"{wrong}\n{table(measured.items())}"
