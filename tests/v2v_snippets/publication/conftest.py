"""The tree that the tests of this folder stand on."""

import pytest

from tests.v2v_snippets.publication.trees import Tree


@pytest.fixture
def tree(db: None) -> Tree:
    """Lays out the small site afresh for one test."""
    return Tree()
