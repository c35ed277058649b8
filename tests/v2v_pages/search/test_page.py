"""The search page as visitors read it: results, filters, highlights, and help where nothing is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NewsPageFactory, StandardPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term
from tests.search import SearchIndexPageFactory
from tests.sites import SiteTree, build_site, kept_for_a_module, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import SearchIndexPage
from v2v_pages.services.indexing import index_records


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site with a search page in English and Albanian, and a glossary."""
    with kept_for_a_module(django_db_blocker):
        tree = build_site("it", "sq")
        page = SearchIndexPageFactory(parent=tree.home)
        translate(page, "sq", title="Kërkimi", slug="kerkimi")
        GlossaryIndexPageFactory(parent=tree.home)
        translate(tree.news, "sq", slug="lajme")
        with django_db_blocker.block():
            yield tree


def article(site: SiteTree, title: str, text: str = "", **fields: Any) -> Any:
    body = [("paragraph", f"<p>{text}</p>")]
    return NewsPageFactory(parent=site.news, title=title, body=body, **fields)


def concept(**terms: str) -> Any:
    made = ConceptFactory(terms=terms)
    index_records(kind="concept", pks=[made.pk])
    return made


def results(page: Any) -> list[str]:
    return [text_of(heading) for heading in page.select("article.item h3")]


def test_own_language_comes_first_and_others_say_what_they_are(site: SiteTree) -> None:
    concept(en="praxis")
    concept(it="praxis di prova")
    english = article(site, "A day at praxis", "At praxis, we met.")
    translate(english, "sq", title="Një ditë: praxis", slug="dite")

    page = read("/sq/kerkimi/?q=praxis")

    own, others = page.select("main section")
    assert results(own) == ["Një ditë: praxis"]
    assert text_of(one(others, "h2"))
    assert results(others) == ["praxis", "praxis di prova"]
    assert [heading["lang"] for heading in others.select("h3")] == ["en", "it"]
    assert not own.select("h3[lang]")
    assert "it" in [link["hreflang"] for link in others.select("h3 a")]
    assert results(read("/en/search/?q=praxis"))[0] in {"praxis", "A day at praxis"}


def test_what_was_searched_for_is_marked_as_it_stands_in_the_text(site: SiteTree) -> None:
    article(site, "Škola <b>", "Наша школа.")

    page = read("/en/search/?q=skola")

    assert [mark.text for mark in page.select("main mark")] == ["Škola", "школа"]
    assert results(page) == ["Škola <b>"]
    assert one(page, "#q")["value"] == "skola"
    assert one(page, "meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("text", ["skola", "школа", "ŠKOLA", "%C5%A1kola"])
def test_every_spelling_finds_the_concept(site: SiteTree, text: str) -> None:
    concept(hr="škola", en="place of learning")

    assert results(read(f"/en/search/?q={text}")) == ["škola"]


@pytest.mark.parametrize("text", ["dak", "đak", "djak", "ђак"])
def test_the_letter_that_keyboards_lack_finds_the_concept(site: SiteTree, text: str) -> None:
    concept(bs="đak", en="learner")

    assert results(read(f"/en/search/?q={text}")) == ["đak"]


def test_filters_are_links_with_what_they_lead_to(site: SiteTree) -> None:
    concept(en="visa")
    article(site, "Visa for visits")
    StandardPageFactory(parent=site.home, title="About visa")

    page = read("/en/search/?q=visa")
    found = links(page, ".filters a")

    for name, url in found.items():
        if name != "All":
            assert len(results(read(url))) == int(name.split()[-1]), name
    narrowed = read("/en/search/?q=visa&type=news")
    assert results(narrowed) == ["Visa for visits"]
    assert one(narrowed, "form.find input[type=hidden]")["value"] == "news"
    assert "/en/search/?q=visa" in links(narrowed, ".filters a").values()


def test_paging_shows_each_result_once(site: SiteTree) -> None:
    for number in range(23):
        article(site, f"Visit {number}", "travel")
    seen: list[str] = []
    url: str | None = "/en/search/?q=travel"
    while url:
        page = read(url)
        seen += results(page)
        further = page.select("main [rel=next]")
        url = str(further[0]["href"]) if further else None

    assert len(seen) == len(set(seen)) == 23
    assert results(read("/en/search/?q=travel&page=999")) == seen[20:]
    assert links(page, "main .pn a") == {"Previous": "/en/search/?q=travel&page=2"}


def test_a_term_not_to_be_used_leads_to_the_preferred_one_and_says_so(site: SiteTree) -> None:
    made = concept(en="vocational school")
    add_term(made, "en", "trade college", status="deprecated")
    index_records(kind="concept", pks=[made.pk])

    page = read("/en/search/?q=trade+college")

    [item] = page.select("article.item")
    assert links(item, "h3 a") == {"vocational school": f"/en/glossary/{made.identifier}/"}
    assert "Found as: trade college" in text_of(item)
    assert "Deprecated" in text_of(item)


def test_nothing_found_helps_on(site: SiteTree) -> None:
    page = read("/en/search/?q=xyzzy")
    filtered = read("/en/search/?q=xyzzy&type=news")

    assert "Nothing was found for “xyzzy”." in text_of(page)
    assert page.select("main .onward a")
    assert links(filtered, "main .prose a")["Search without filters"] == "/en/search/?q=xyzzy"


def test_only_the_word_in_cyrillic_does_without_the_font_of_the_page(site: SiteTree) -> None:
    translate(site.home, "sr")
    translate(SearchIndexPage.objects.get(locale__language_code="en"), "sr")

    latin, cyrillic = (read(f"/{code}/search/?q=xyzzy") for code in ("en", "sr"))

    hint = one(latin, "main .scripts").parent
    assert text_of(one(latin, "main .scripts")) == "школа"
    assert text_of(hint).startswith("Accents and script make no difference: “skola”")
    assert cyrillic.select(".scripts") == []
    assert "школа" in text_of(one(cyrillic, "main"))


@pytest.mark.parametrize(
    "query",
    [
        "", "q=", "q=%22", "q=%00", "q=a%00b", "q=***", "q=%ED%A0%80", "q=%FF", "q=AND%20OR",
        "q=x&type=%27%29", "q=x&type=nonsense", "q=x&language=xx", "q=x&domain=%00", "q=x&page=-1",
        "q=x&page=9999999999999999999999", "q=x&page=%00", "q=x&q=y", f"q={'a' * 500}",
        f"q={'a+' * 300}", "q=x&type=news&type=page", "q=%3Cscript%3E",
    ],
)  # fmt: skip
def test_nothing_that_can_be_typed_breaks_the_page(
    site: SiteTree, client: Client, query: str
) -> None:
    answer = client.get(f"/en/search/?{query}")

    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b'<script type="application/ld+json">', b"")


def test_a_question_that_is_too_long_is_answered_and_said_to_be(site: SiteTree) -> None:
    article(site, "Travel")

    page = read("/en/search/?q=" + "travel+" * 70)

    assert results(page) == ["Travel"]
    assert "too long" in text_of(one(page, "form.find [role=alert]"))


def test_a_page_without_a_question_invites_to_ask(site: SiteTree) -> None:
    page = read("/en/search/")

    assert not page.select("main section")
    assert not page.select("meta[name=robots]")
    assert text_of(one(page, "form.find label"))


def test_every_page_has_the_box_once(site: SiteTree) -> None:
    for path, url in (("/en/", "/en/search/"), ("/sq/", "/sq/kerkimi/"), ("/fi/", "/fi/search/")):
        box = one(read(path), "header form[role=search]")
        assert box["action"] == url
        assert box["method"] == "get"
    assert not read("/en/search/").select("header form")


def test_the_question_stays_when_the_language_changes(site: SiteTree) -> None:
    article(site, "Travel")

    page = read("/en/search/?q=travel&type=news")

    urls = links(page, ".lang a").values()
    assert "/sq/kerkimi/?q=travel&type=news" in urls
    assert all("?q=travel" in url for url in urls)


def test_searching_costs_the_same_for_one_thing_and_for_ten(site: SiteTree, client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/search/?q=query").status_code == 200
        return len(queries)

    article(site, "Query")
    concept(en="query")
    cost()
    before = cost()
    for number in range(1, 6):
        article(site, f"Query {number}")
        concept(en=f"query {number}")

    assert cost() == before <= 35


def test_where_nothing_is_the_words_of_the_address_are_searched_for(site: SiteTree) -> None:
    article(site, "Of interest", "All about insurance abroad.")

    page = read("/en/old/insurance-abroad/", status=404)

    assert links(page, ".onward__near a") == {"Of interest": "/en/news/of-interest/"}
    assert one(page, "main form[role=search] input")["value"] == "insurance abroad"
