"""The rules of style that no linter knows."""

import ast
import re

import pytest

from .sources import PLUGINS, files, modules, place, tree

LARGEST_MODULE = 300
LARGEST_FUNCTION = 40
NAMES_OF_NOTHING = {"common", "helpers", "misc", "mixins", "utils"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_module_outgrows_a_page() -> None:
    too_large = {
        place(path): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LARGEST_MODULE
    }

    assert too_large == {}, "Split them where a reader would look for the parts."


def test_no_function_outgrows_a_screen() -> None:
    too_large = {
        place(path, node.lineno): lines
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LARGEST_FUNCTION
    }

    assert too_large == {}


def test_no_module_is_named_after_nothing_in_particular() -> None:
    nameless = [place(path) for path in modules() if path.stem in NAMES_OF_NOTHING]

    assert nameless == []


def test_every_public_class_says_why_it_exists() -> None:
    silent = [
        place(path, node.lineno)
        for path in modules("cms", *PLUGINS)
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_only_the_publication_package_asks_wagtail_what_is_live() -> None:
    callers = [
        place(path, node.lineno)
        for path in modules("cms", *PLUGINS)
        if "publication" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"live", "not_live"}
    ]

    assert callers == [], "Readers see what published_public() returns, and nothing else."


def test_plugins_name_nothing_of_the_project_in_strings() -> None:
    names = [
        place(path, node.lineno)
        for path in modules(*PLUGINS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"cms\.\w", node.value)
    ]

    assert names == [], "import-linter does not see names in strings; settings may hold them."


@pytest.mark.parametrize("app", PLUGINS)
def test_migrations_of_plugins_are_named_and_portable(app: str) -> None:
    migrations = [path for path in files() if app in path.parts and path.match("migrations/0*.py")]

    unnamed = [place(path) for path in migrations if re.search(r"_auto_|_and_more", path.stem)]
    bound = [
        place(path) for path in migrations if re.search(r"['\"]cms['\".]", path.read_text("utf-8"))
    ]

    assert migrations
    assert unnamed == []
    assert bound == [], "makemigrations makes them portable: was another command used?"
