"""Every page once, in the language nearest to the reader's."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.v2v_snippets.publication.trees import Tree, titles, translate
from v2v_pages.models import NewsPage
from v2v_snippets.publication.languages import best_version, in_language, public_versions
from v2v_snippets.publication.urls import full_url_in, url_in, with_prefix


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", {"Article", "Only English", "Tregim"}),
        ("fi", {"Artikkeli", "Only English", "Tregim"}),
        ("it", {"Article", "Only English", "Tregim"}),
        ("sq", {"Article", "Only English", "Tregim"}),
    ],
)
def test_list_has_each_article_once_in_the_best_language(
    tree: Tree, code: str, expected: set[str]
) -> None:
    listed = in_language(NewsPage.objects.all(), code)
    assert titles(listed) == expected
    assert listed.count() == len(expected)


def test_list_without_fallback_has_only_what_is_in_the_language(tree: Tree) -> None:
    assert titles(in_language(NewsPage.objects.all(), "fi", fallback=False)) == {"Artikkeli"}
    assert titles(in_language(NewsPage.objects.all(), "it", fallback=False)) == set()


def test_withdrawn_translation_gives_way_to_the_original(tree: Tree) -> None:
    tree.article_fi.unpublish()
    assert "Article" in titles(in_language(NewsPage.objects.all(), "fi"))


def test_outside_the_chain_the_oldest_version_wins(tree: Tree) -> None:
    translate(tree.only_albanian, "it", title="Racconto", slug="racconto")
    assert "Tregim" in titles(in_language(NewsPage.objects.all(), "fi"))
    versions = public_versions([tree.only_albanian.translation_key])
    best = best_version(versions[tree.only_albanian.translation_key], "fi")
    assert best is not None
    assert best.title == "Tregim"


def test_list_is_one_query(tree: Tree, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        list(in_language(NewsPage.objects.all(), "fi"))


def test_address_is_the_pages_own_path_with_the_readers_prefix(tree: Tree) -> None:
    assert url_in(tree.only_english, "fi") == "/fi/news/only-english/"
    assert url_in(tree.article_fi, "fi") == "/fi/uutiset/artikkeli/"
    assert full_url_in(tree.only_english, "sq").endswith("/sq/news/only-english/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/en/", "/fi/"),
        ("/en/english/en/", "/fi/english/en/"),
        ("https://v2v.example/en/news/", "https://v2v.example/fi/news/"),
        ("/english/", "/english/"),
        ("https://v2v.example/news/", "https://v2v.example/news/"),
    ],
)
def test_only_a_language_prefix_is_replaced(url: str, expected: str) -> None:
    assert with_prefix(url, "en", "fi") == expected
