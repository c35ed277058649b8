"""The tree that the tests of this folder stand on."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.sites import kept_for_a_module
from tests.v2v_snippets.publication.trees import Tree


@pytest.fixture(scope="module")
def built_tree(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tree]:
    """What ``tree`` is a copy of, made once for the tests of a module."""
    with kept_for_a_module(django_db_blocker):
        built = Tree()
        with django_db_blocker.block():
            yield built


@pytest.fixture
def tree(built_tree: Tree, db: None) -> Tree:
    """The small site, for one test to change."""
    return deepcopy(built_tree)
