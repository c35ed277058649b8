"""The glossary as visitors read it: letters, search, two languages side by side."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term
from tests.sites import SiteTree, build_site, kept_for_a_module, translate
from tests.v2v_pages.documents import graph, links, one, read, text_of
from v2v_pages.models import GlossaryIndexPage


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site with a glossary in English and Albanian."""
    with kept_for_a_module(django_db_blocker):
        tree = build_site("it", "sq")
        page = GlossaryIndexPageFactory(parent=tree.home)
        translate(page, "sq", title="Fjalori", slug="fjalori")
        with django_db_blocker.block():
            yield tree


def terms(page: Any) -> list[str]:
    return [text_of(heading) for heading in page.select(".entry h3")]


def letters(page: Any) -> list[str]:
    return [text_of(letter) for letter in page.select(".az a")]


def concepts(language: str, *words: str) -> list[Any]:
    return [ConceptFactory(terms={language: word, "en": f"x {word}"}) for word in words]


@pytest.mark.parametrize(
    ("language", "words", "order", "offered"),
    [
        ("bs", ["dobro", "đak", "džep", "duga"], ["dobro", "duga", "džep", "đak"], "D DŽ Đ"),
        ("hr", ["njega", "nula", "nastava"], ["nastava", "nula", "njega"], "N NJ"),
        ("sq", ["sukses", "shkollë", "sistem"], ["sistem", "sukses", "shkollë"], "S SH"),
        ("sr", ["школа", "њива", "људи"], ["људи", "њива", "школа"], "Љ Њ Ш"),
    ],
)
def test_terms_stand_in_the_order_and_under_the_letters_of_their_language(
    site: SiteTree, language: str, words: list[str], order: list[str], offered: str
) -> None:
    concepts(language, *words)
    path = "/sq/fjalori/" if language == "sq" else f"/{language}/glossary/"

    page = read(path)

    assert terms(page) == order
    assert letters(page) == offered.split()
    assert page.select(".az span"), "letters without terms are no links"


def test_a_letter_shows_its_terms_alone(site: SiteTree) -> None:
    concepts("bs", "dobro", "đak", "đački dom")

    page = read("/bs/glossary/letter/đ/")

    assert terms(page) == ["đački dom", "đak"]
    assert links(page, ".az a")["Đ"] == "/bs/glossary/letter/%C4%91/"
    assert text_of(one(page, ".az [aria-current]")) == "Đ"
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert text_of(one(page, "h1")) == "Glossary: Đ"


def test_the_language_changes_and_the_letter_stays_where_there_is_one(site: SiteTree) -> None:
    [concept] = concepts("en", "school")
    add_term(concept, "sq", "shkollë")

    page = read("/en/glossary/letter/x/")

    switch = links(page, ".lang a")
    assert switch["shqip"] == "/sq/fjalori/letter/x/"
    assert Client().get(switch["shqip"])["Location"] == "/sq/fjalori/"
    assert links(read("/sq/fjalori/letter/sh/"), ".lang a")["English"] == "/en/glossary/letter/sh/"
    assert Client().get("/en/glossary/letter/sh/")["Location"] == "/en/glossary/"


@pytest.mark.parametrize(
    "path", ["letter/9/", "domain/cooking/", "with/xx/", "page/1/", "C-9999/", "C-1/"]
)
def test_what_no_glossary_has_is_nowhere(site: SiteTree, path: str) -> None:
    concepts("en", "school")

    read(f"/en/glossary/{path}", status=404)


def test_long_lists_come_in_pages_that_repeat_and_lose_nothing(site: SiteTree) -> None:
    # two concepts may have the same term, which must not change places from page to page
    for number in range(104):
        ConceptFactory(terms={"en": f"term {number // 2:02}"})

    pages = [read(f"/en/glossary/{part}") for part in ("", "page/2/", "page/3/")]

    shown = [link["href"] for page in pages for link in page.select(".entry h3 a")]
    assert [len(page.select(".entry")) for page in pages] == [50, 50, 4]
    assert len(set(shown)) == 104
    assert links(pages[1], ".pn a") == {
        "Previous": "/en/glossary/",
        "Next": "/en/glossary/page/3/",
    }


def test_pages_that_another_language_has_lead_to_the_first(site: SiteTree) -> None:
    for number in range(51):
        ConceptFactory(terms={"en": f"term {number:02}"})

    switch = links(read("/en/glossary/page/2/"), ".lang a")

    ConceptFactory(terms={"en": "term 99", "sq": "fjalë"})
    assert Client().get(switch["shqip"])["Location"] == "/sq/fjalori/"
    assert Client().get("/en/glossary/page/9/")["Location"] == "/en/glossary/"


@pytest.mark.parametrize("asked", ["skola", "ŠKOLA", "школа", "Школа", "shkolla", "scola"])
def test_search_knows_no_keyboards(site: SiteTree, asked: str) -> None:
    concept = ConceptFactory(terms={"en": "school", "hr": "škola", "sr": "школа"})
    add_term(concept, "sq", "shkollë", inflected_forms="shkolla", hidden_forms="scola")
    ConceptFactory(terms={"en": "apprentice"})

    assert terms(read(f"/en/glossary/?q={asked}")) == ["school"]


@pytest.mark.parametrize("asked", ["dak", "djak", "ђак", "Đak"])
def test_search_finds_letters_however_they_are_written(site: SiteTree, asked: str) -> None:
    ConceptFactory(terms={"en": "pupil", "bs": "đak"})

    page = read(f"/en/glossary/?q={asked}")

    assert terms(page) == ["pupil"]
    assert text_of(one(page, ".entry .meta")) == "Found as: đak in Bosnian"
    assert one(page, ".entry .meta b")["lang"] == "bs"
    assert one(page, "meta[name=robots]")["content"] == "noindex"


def test_a_deprecated_term_leads_to_the_preferred_one_and_says_so(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "learner with special needs"})
    add_term(concept, "en", "handicapped pupil", status="deprecated")

    found = one(read("/en/glossary/?q=handicapped"), ".entry")

    assert links(found) == {"learner with special needs": f"/en/glossary/{concept.identifier}/"}
    assert "Deprecated: do not use it" in text_of(found)
    assert "Preferred term: learner with special needs" in text_of(found)
    listed = one(read("/en/glossary/letter/h/"), ".entry")
    assert text_of(listed).startswith("handicapped pupil Deprecated: do not use it")


def test_exact_terms_come_first_and_own_language_before_others(site: SiteTree) -> None:
    ConceptFactory(terms={"en": "vocational school"})
    ConceptFactory(terms={"en": "something", "it": "school"})
    ConceptFactory(terms={"en": "school"})
    ConceptFactory(terms={"en": "school year"})

    page = read("/en/glossary/?q=school")

    assert terms(page) == ["school", "something", "school year", "vocational school"]


@pytest.mark.parametrize("asked", ["%00", "%25", "_", "   ", "'\"<b>", "x" * 500, "%F0%9F%98%80"])
def test_search_bears_whatever_is_asked(site: SiteTree, asked: str) -> None:
    ConceptFactory(terms={"en": "school"})

    page = read(f"/en/glossary/?q={asked}")

    assert terms(page) == (["school"] if asked in {"%00", "   "} else [])


def test_two_languages_stand_side_by_side_at_an_address(site: SiteTree) -> None:
    ConceptFactory(terms={"en": "school", "hr": "škola"})
    ConceptFactory(terms={"en": "twinning"})

    page = read("/en/glossary/with/hr/")

    assert [text_of(entry) for entry in page.select(".eq")] == ["hrvatski škola"]
    assert one(page, ".eq dd")["lang"] == "hr"
    assert "No term in hrvatski yet." in page.text
    assert links(page, ".az a")["S"] == "/en/glossary/letter/s/with/hr/"
    assert one(page, "form.find")["action"] == "/en/glossary/with/hr/"
    choices = {text_of(link): link.get("lang") for link in page.select(".filters [aria-current]")}
    assert choices == {"All": None, "hrvatski 1": "hr"}
    assert Client().get("/hr/glossary/with/hr/")["Location"] == "/hr/glossary/"


def test_domains_filter_the_list(site: SiteTree) -> None:
    ConceptFactory(terms={"en": "school"})
    ConceptFactory(terms={"en": "vacancy"}, domain="labour_market")

    page = read("/en/glossary/domain/labour-market/")

    assert terms(page) == ["vacancy"]
    assert letters(page) == ["V"]
    assert text_of(one(page, "h1")) == "Glossary: Labour market"
    assert page.select("meta[name=robots]") == []
    assert links(page, ".filters a")["VET systems 1"] == "/en/glossary/domain/vet-systems/"


def test_concepts_without_a_term_in_the_readers_language_are_not_lost(site: SiteTree) -> None:
    ConceptFactory(terms={"en": "school", "it": "scuola"})
    ConceptFactory(terms={"en": "twinning"})

    page = read("/it/glossary/")

    assert terms(page) == ["scuola"]
    [(words, path)] = [item for item in links(page).items() if "no term" in item[0]]
    assert words == "1 concept has no term in your language yet"
    missing = read(path)
    assert terms(missing) == ["twinning"]


def test_only_public_concepts_appear(site: SiteTree) -> None:
    public = ConceptFactory(terms={"en": "school"})
    hidden = [
        ConceptFactory(terms={"en": f"canary {name}", "it": "canary"}, **{name: True})
        for name in ("draft", "unpublished", "retired")
    ]

    for path in ("", "?q=canary", "letter/c/", "with/it/", "domain/vet-systems/"):
        page = Client().get(f"/en/glossary/{path}", follow=True).content.decode()

        assert "canary" not in page.replace("“canary”", "").replace('value="canary"', ""), path
    for concept in hidden[:2]:
        read(f"/en/glossary/{concept.identifier}/", status=404)
    paths = GlossaryIndexPage.public_paths()
    assert [path for path in paths if path.startswith("C-")] == [f"{public.identifier}/"]


def test_an_empty_glossary_says_so(site: SiteTree) -> None:
    assert text_of(one(read("/en/glossary/"), ".empty")) == "The glossary has no terms yet."


def test_the_list_is_a_set_of_defined_terms(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "school"})

    [data] = [node for node in graph(read("/en/glossary/"))["@graph"] if "mainEntity" in node]

    uri = "http://localhost/id/glossary"
    assert data["mainEntity"]["@type"] == "DefinedTermSet"
    assert data["mainEntity"]["@id"] == uri
    assert data["mainEntity"]["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "@id": f"{uri}/{concept.identifier}",
            "name": "school",
            "termCode": concept.identifier,
            "url": f"{uri}/{concept.identifier}",
        }
    ]


def cost(path: str) -> int:
    client = Client()
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


@pytest.mark.parametrize("path", ["", "letter/s/with/it/", "?q=school", "letter/missing/"])
def test_lists_cost_the_same_for_1_and_for_15_concepts(site: SiteTree, path: str) -> None:
    def add() -> None:
        ConceptFactory(terms={"en": "school", "it": "scuola", "sq": "shkollë"})
        if path == "letter/missing/":
            ConceptFactory(terms={"it": "scuola"}, definitions={"it": "Una scuola."})

    add()
    before = cost(f"/en/glossary/{path}")
    for _number in range(4):
        add()

    assert cost(f"/en/glossary/{path}") == before <= 24
