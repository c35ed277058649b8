"""The page of a concept: terms, definition, countries, neighbours, uses."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from tests.factories import CountryFactory, NewsPageFactory, ProjectSettingsFactory
from tests.glossary import (
    ConceptFactory,
    GlossaryIndexPageFactory,
    add_equivalent,
    add_term,
)
from tests.sites import SiteTree, build_site, kept_for_a_module, translate
from tests.v2v_pages.documents import graph, links, one, read, text_of
from v2v_snippets.models.glossary import (
    ConceptMapping,
    ConceptRelation,
    GlossaryConcept,
)


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site with a glossary in English and Albanian."""
    with kept_for_a_module(django_db_blocker):
        tree = build_site("it", "sq")
        page = GlossaryIndexPageFactory(parent=tree.home)
        translate(page, "sq", title="Fjalori", slug="fjalori")
        with django_db_blocker.block():
            yield tree


def refer(page: Any, concept: Any) -> None:
    """Lets Wagtail's index know that a page uses a concept, as the handler of a link would."""
    kind = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.create(
        base_content_type=kind,
        content_type=ContentType.objects.get_for_model(type(page)),
        object_id=page.pk,
        to_content_type=ContentType.objects.get_for_model(GlossaryConcept),
        to_object_id=concept.pk,
        model_path="body.item",
        content_path=f"body.{concept.pk}-{page.pk}",
        content_path_hash=ReferenceIndex._get_content_path_hash(f"{concept.pk}-{page.pk}"),
    )


def read_concept(concept: Any, code: str = "en", **kwargs: Any) -> Any:
    slug = "fjalori" if code == "sq" else "glossary"
    return read(f"/{code}/{slug}/{concept.identifier}/", **kwargs)


def test_a_concept_shows_its_terms_in_all_languages(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "school", "sr": "школа"})
    add_term(concept, "hr", "škola", gender="feminine", origin="project")
    add_term(concept, "en", "schoolhouse", status="deprecated", country=CountryFactory())

    page = read_concept(concept)

    assert text_of(one(page, "h1")) == "school"
    rows = {text_of(one(row, "th")): text_of(one(row, "td")) for row in page.select("tbody tr")}
    assert rows == {
        "English": "school schoolhouse Deprecated Italy",
        "hrvatski": "škola Feminine project translation, to be confirmed",
        "српски": "школа",
    }
    assert [term.get("lang") for term in page.select("tbody b")] == [None, None, "hr", "sr"]
    assert links(page, "nav.crumbs a")["Glossary"] == "/en/glossary/"


def test_a_definition_is_the_readers_or_says_whose_it_is(site: SiteTree) -> None:
    concept = ConceptFactory(
        terms={"en": "school", "sq": "shkollë"}, definitions={"en": "Where one learns."}
    )

    page = read_concept(concept, "sq")

    lede = one(page, ".lede")
    assert (text_of(lede), lede["lang"]) == ("Where one learns.", "en")
    assert text_of(one(page, "h1")) == "shkollë"
    assert page.select(".art__head .mark")
    own = read_concept(concept)
    assert "lang" not in one(own, ".lede").attrs
    assert own.select(".art__head .mark") == []


def test_changing_the_language_stays_on_the_concept(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "school"})

    switch = links(read_concept(concept), ".lang a")

    assert switch["shqip"] == f"/sq/fjalori/{concept.identifier}/"
    assert switch["suomi"] == f"/fi/glossary/{concept.identifier}/"


def test_a_national_equivalent_never_names_kosovo_without_its_mark(site: SiteTree) -> None:
    concept = ConceptFactory()
    add_equivalent(concept, age_from=15, age_to=18, institution="Shkolla", isced_level="354")

    page = read_concept(concept)

    card = one(page, ".card")
    assert text_of(card) == (
        "Kosovo* shkollë profesionale Shkolla Equivalence Partial EQF level 4 ISCED level 354 "
        "Ages 15–18 As of 1 November 2026"
    )
    assert "* This designation is without prejudice." in text_of(one(page, ".foot"))


def test_neighbours_are_read_from_both_sides_and_only_the_public_ones(site: SiteTree) -> None:
    broad, narrow, near, hidden = (
        ConceptFactory(terms={"en": word}, live=word != "hidden")
        for word in ("education", "apprenticeship", "training", "hidden")
    )
    concept = ConceptFactory(terms={"en": "vocational education"})
    for source, kind, target in (
        (concept, "broader", broad),
        (narrow, "broader", concept),
        (near, "related", concept),
        (concept, "related", hidden),
    ):
        ConceptRelation.objects.create(concept=source, kind=kind, target=target)

    facts = one(read_concept(concept), ".facts")

    assert text_of(facts) == ("Broader education Narrower apprenticeship Related training")
    assert text_of(one(read_concept(near), ".facts")) == "Related vocational education"


def test_mappings_are_plain_links(site: SiteTree) -> None:
    concept = ConceptFactory()
    uri = "http://eurovoc.europa.eu/1234"
    ConceptMapping.objects.create(concept=concept, relation="exact", vocabulary="eurovoc", uri=uri)

    page = read_concept(concept)

    [link] = [link for link in page.select(".facts a") if link["href"] == uri]
    assert link.attrs == {"href": uri}
    [data] = [node for node in graph(page)["@graph"] if "mainEntity" in node]
    assert data["mainEntity"]["@type"] == "DefinedTerm"
    assert data["mainEntity"]["sameAs"] == [uri]
    assert data["mainEntity"]["inDefinedTermSet"]["@id"] == "http://localhost/id/glossary"


def test_a_concept_names_the_public_pages_that_use_it(site: SiteTree) -> None:
    concept = ConceptFactory()
    article = NewsPageFactory(parent=site.news, title="A visit")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Una visita", slug="una-visita")
    draft = NewsPageFactory(parent=site.news, title="A draft", draft=True)
    other = NewsPageFactory(parent=site.news, title="Another")
    refer(article, concept)
    refer(draft, concept)
    refer(other, ConceptFactory())

    assert links(read_concept(concept), ".downloads a") == {"A visit": "/en/news/a-visit/"}
    italian = read_concept(concept, "it")
    assert links(italian, ".downloads a") == {"Una visita": "/it/notizie/una-visita/"}


def test_letters_to_the_project_are_filled_in_in_the_readers_language(site: SiteTree) -> None:
    ProjectSettingsFactory(contact_email="team@v2v.example")
    concept = ConceptFactory(terms={"en": "school", "it": "scuola"})

    own = links(read_concept(concept), "aside a")

    suggestion = unquote(own["Suggest a term"])
    assert suggestion.startswith("mailto:team@v2v.example?subject=A term for the glossary: school")
    assert f"http://localhost/en/glossary/{concept.identifier}/" in suggestion
    assert unquote(own["Report a mistake"]).startswith("mailto:team@v2v.example?subject=A mistake")


def test_a_concept_says_how_to_cite_and_reuse_it(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "school"})
    uri = f"http://localhost/id/glossary/{concept.identifier}"

    aside = one(read_concept(concept), "aside")

    assert links(aside)[uri] == uri
    assert links(aside)["CC BY 4.0"] == "https://creativecommons.org/licenses/by/4.0/"
    assert text_of(one(aside, ".cite p")) == (
        f"V2V. “school” ({concept.identifier}). Glossary. {uri}. CC BY 4.0"
    )


def test_a_retired_concept_leads_to_what_replaced_it(site: SiteTree) -> None:
    new = ConceptFactory(terms={"en": "school"})
    between = ConceptFactory(retired=True, replaced_by=new, terms={"en": "canary"})
    old = ConceptFactory(retired=True, replaced_by=between, terms={"en": "canary"})
    lost = ConceptFactory(retired=True, terms={"en": "canary"})

    page = read_concept(old, status=410)

    assert text_of(one(page, "h1")) == old.identifier
    assert links(page, "main a") == {"school": f"/en/glossary/{new.identifier}/"}
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert "canary" not in page.text
    assert links(read_concept(lost, status=410), "main a") == {
        "Show the whole list": "/en/glossary/"
    }


def test_a_concept_costs_the_same_whatever_stands_around_it(site: SiteTree) -> None:
    concept = ConceptFactory(terms={"en": "school"})

    def add(number: int) -> None:
        add_term(concept, "it", f"scuola {number}", status="admitted", country=CountryFactory())
        other = ConceptFactory(terms={"en": f"other {number}"})
        ConceptRelation.objects.create(concept=concept, kind="related", target=other)
        add_equivalent(concept, country=CountryFactory(code=f"A{chr(65 + number)}"))
        article = NewsPageFactory(parent=site.news)
        refer(article, concept)

    def cost() -> int:
        path = f"/en/glossary/{concept.identifier}/"
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        return len(queries)

    add(0)
    before = cost()
    for number in range(1, 5):
        add(number)

    assert cost() == before <= 30
