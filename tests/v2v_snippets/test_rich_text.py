"""Links in running text lead to what the public may see, and cost few queries."""

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.rich_text import expand_db_html

from tests.factories import DocumentFactory, NewsPageFactory
from tests.sites import SiteTree, build_site, linked, translate
from v2v_snippets.links import load_links
from v2v_snippets.remembering import remembering

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SiteTree:
    return build_site("it")


def page_link(key: object) -> str:
    return f'<p><a linktype="page" id="{key}">there</a></p>'


def document_link(key: object) -> str:
    return f'<p><a linktype="document" id="{key}">there</a></p>'


def test_a_link_leads_to_the_version_in_the_language_of_the_text(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(site.news, "it", slug="notizie")
    translate(page, "it", slug="avvio")

    with override("it"):
        html = expand_db_html(page_link(page.pk))

    assert html == '<p><a href="/it/notizie/avvio/">there</a></p>'


@pytest.mark.parametrize("state", [{"draft": True}, {"expired": True}, {"restriction": "login"}])
def test_a_link_to_a_page_that_is_not_public_is_text(
    site: SiteTree, state: dict[str, object]
) -> None:
    page = NewsPageFactory(parent=site.news, **state)

    assert expand_db_html(page_link(page.pk)) == "<p><a>there</a></p>"


def test_a_link_leads_to_a_file() -> None:
    document = linked(DocumentFactory())

    assert expand_db_html(document_link(document.pk)) == (
        f'<p><a href="{document.url}">there</a></p>'
    )


def test_a_link_to_a_file_in_or_below_a_closed_collection_is_text() -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = closed.add_child(name="Below")
    documents = [linked(DocumentFactory(collection=place)) for place in (closed, below)]

    texts = [expand_db_html(document_link(document.pk)) for document in documents]

    assert texts == ["<p><a>there</a></p>"] * 2


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "1 OR 1=1", "9" * 30, "٣"])
def test_a_link_with_a_senseless_key_is_text(key: str) -> None:
    assert expand_db_html(page_link(key)) == "<p><a>there</a></p>"
    assert expand_db_html(document_link(key)) == "<p><a>there</a></p>"


@pytest.mark.parametrize("number", [1, 15])
def test_texts_that_were_loaded_together_are_written_without_a_query(
    site: SiteTree, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    texts = [page_link(NewsPageFactory(parent=site.news).pk) for _number in range(number)]
    texts += [document_link(linked(DocumentFactory()).pk) for _number in range(number)]
    texts += [page_link(999999), document_link(999999)]
    apart = [expand_db_html(text) for text in texts]

    with remembering():
        with django_assert_num_queries(3):
            load_links(texts)
        with django_assert_num_queries(0):
            together = [expand_db_html(text) for text in texts]

    assert together == apart
