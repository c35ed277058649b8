"""Terms in articles: a button at the first occurrence in a section, and the list of all."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NewsPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, term_link
from tests.sites import SiteTree, build_site, kept_for_a_module, translate
from tests.v2v_pages.documents import one, read, text_of


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site with a glossary."""
    with kept_for_a_module(django_db_blocker):
        tree = build_site("sq")
        GlossaryIndexPageFactory(parent=tree.home)
        with django_db_blocker.block():
            yield tree


@pytest.fixture
def site(built_site: SiteTree, db: None) -> SiteTree:
    return built_site


@pytest.fixture
def school(site: SiteTree) -> Any:
    return ConceptFactory(
        terms={"en": "school", "sq": "shkollë"}, definitions={"en": "Where people learn."}
    )


def article(site: SiteTree, *texts: str) -> Any:
    blocks = [("paragraph", text) for text in texts]
    return NewsPageFactory(parent=site.news, slug="on-terms", body=blocks)


def shown(code: str = "en", slug: str = "on-terms") -> Any:
    """Returns the running text of the article, as a document."""
    return one(read(f"/{code}/news/{slug}/"), "main .prose")


def buttons(body: Any) -> list[str]:
    return [text_of(button) for button in body.select("button")]


def test_a_term_is_a_button_that_shows_its_definition(site: SiteTree, school: Any) -> None:
    article(site, f"<p>Both {term_link(school, 'schools')} agree.</p>")

    body = shown()

    button = one(body, "p > button[type=button]")
    assert text_of(button) == "schools"
    tip = one(body, f"p > span[popover]#{button.get('popovertarget')}")
    assert text_of(tip) == "school Where people learn."
    assert one(tip, "a").get("href") == f"/en/glossary/{school.identifier}/"
    assert not tip.select("[lang]")


def test_a_concept_has_one_button_in_a_section(site: SiteTree, school: Any) -> None:
    named = f"<p>{term_link(school, 'one')} {term_link(school, 'two')}</p>"
    article(site, named, f"{named}<h2>Next</h2><p>{term_link(school, 'three')}</p>{named}")

    body = shown()

    assert buttons(body) == ["one", "three"]
    assert len({tip.get("id") for tip in body.select("[popover]")}) == 2
    assert "one school" in text_of(one(body, "p:first-of-type"))
    assert not body.select("p a[href^='/id/']")


def test_no_button_stands_in_a_heading_or_a_link(site: SiteTree, school: Any) -> None:
    link = f'<a href="https://example.org/">outside {term_link(school, "inside")}'
    article(site, f"<h2>Our {term_link(school, 'schools')}</h2><p>{link}</p>")

    body = shown()

    assert not body.select("button")
    assert text_of(one(body, "h2")) == "Our schools"
    assert text_of(one(body, "p")) == "outside inside"
    assert not body.select(".terms")


@pytest.mark.parametrize("state", ["draft", "unpublished", "retired"])
def test_a_concept_that_nobody_may_read_is_plain_text(site: SiteTree, state: str) -> None:
    hidden = ConceptFactory(terms={"en": "canary"}, **{state: True})
    article(site, f"<p>Some {term_link(hidden, 'words')} here.</p>")

    html = read("/en/news/on-terms/")

    assert not html.select(".prose button, .prose .terms")
    assert "Some words here." in text_of(one(html, ".prose"))
    assert "canary" not in text_of(html)


def test_a_retired_concept_shows_what_replaced_it(site: SiteTree, school: Any) -> None:
    old = ConceptFactory(retired=True, replaced_by=school, terms={"en": "schoolhouse"})
    article(site, f"<p>{term_link(old, 'schoolhouses')} and {term_link(school, 'schools')}</p>")

    body = shown()

    assert buttons(body) == ["schoolhouses"]
    assert "Where people learn." in text_of(one(body, "[popover]"))


def test_readers_get_the_words_nearest_to_their_language(site: SiteTree, school: Any) -> None:
    article(site, f"<p>{term_link(school, 'schools')}</p>")

    body = shown("sq")

    tip = one(body, "[popover]")
    assert text_of(one(tip, "[lang=sq]")) == "shkollë"
    assert text_of(one(tip, "b + span:not([lang])")) == "Where people learn."
    assert one(tip, "a").get("href") == f"/sq/glossary/{school.identifier}/"
    assert text_of(one(body, ".terms dt[lang=sq]")) == "shkollë"


def test_a_translation_says_which_words_are_in_another_language(
    site: SiteTree, school: Any
) -> None:
    page = article(site, f"<p>{term_link(school, 'schools')}</p>")
    translate(site.news, "sq", slug="lajme")
    translate(page, "sq", slug="mbi-termat")

    tip = one(read("/sq/lajme/mbi-termat/"), ".prose [popover]")

    assert text_of(one(tip, "b span:not([lang])")) == "shkollë"
    assert text_of(one(tip, "[lang=en]")) == "Where people learn."


def test_all_terms_are_listed_at_the_end_once_each(site: SiteTree, school: Any) -> None:
    bench = ConceptFactory(terms={"en": "bench"}, definitions={"en": "Where people work."})
    text = f"<p>{term_link(school)} {term_link(bench)} {term_link(school)}</p>"
    article(site, text, f"<h2>Next</h2>{text}")

    terms = one(shown(), ".terms")

    assert [text_of(name) for name in terms.select("dt")] == ["bench", "school"]
    words = [text_of(definition) for definition in terms.select("dd")]
    assert words == ["Where people work.", "Where people learn."]
    links = [link.get("href") for link in terms.select("a")]
    assert links == [f"/en/glossary/{each.identifier}/" for each in (bench, school)]


def test_without_a_glossary_page_nothing_leads_there(site: SiteTree, school: Any) -> None:
    article(site, f"<p>{term_link(school)}</p>")
    site.home.get_children().get(slug="glossary").unpublish()

    body = shown()

    assert "Where people learn." in text_of(one(body, "[popover]"))
    assert not body.select("[popover] a, .terms a")


def test_words_are_written_as_text(site: SiteTree) -> None:
    sly = ConceptFactory(terms={"en": "<script>x"}, definitions={"en": "<b>y</b>"})
    article(site, f"<p>{term_link(sly)}</p>")

    body = shown()

    assert "<script>x" in text_of(one(body, "[popover]"))
    assert "<b>y</b>" in text_of(one(body, "[popover]"))
    assert not body.select("script")


def test_the_page_of_a_concept_says_where_it_is_used(site: SiteTree, school: Any) -> None:
    article(site, f"<p>{term_link(school)}</p>")

    page = read(f"/en/glossary/{school.identifier}/")

    assert page.select('a[href="/en/news/on-terms/"]')


def test_feeds_carry_a_link(site: SiteTree, school: Any) -> None:
    page = article(site, f"<p>Both {term_link(school, 'schools')} agree.</p>")

    html = page.body_html()

    link = rf'Both <a href="http[^"]+/id/glossary/{school.identifier}">schools</a> agree.'
    assert re.search(link, html)
    assert "<button" not in html


def test_the_cost_is_the_same_however_many_terms(site: SiteTree) -> None:
    def cost(number: int) -> int:
        concepts = [ConceptFactory() for _number in range(number)]
        text = "".join(f"<p>{term_link(concept)}</p>" for concept in concepts)
        slug = f"terms-{number}"
        NewsPageFactory(parent=site.news, slug=slug, body=[("paragraph", text)])
        Client().get(f"/en/news/{slug}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(buttons(shown(slug=slug))) == number
        return len(queries)

    assert cost(1) == cost(5)
