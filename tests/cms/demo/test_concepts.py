"""The demo's glossary: three fields, thirteen languages, and samples that say what they are."""

from collections import Counter
from io import StringIO
from json import loads
from re import fullmatch

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.models import ReferenceIndex

from cms.demo import concepts
from tests.texts import visible_text
from v2v_pages.models import SearchEntry
from v2v_snippets.enums import ConceptDomain, TermStatus
from v2v_snippets.language.locales import content_languages
from v2v_snippets.models import (
    ConceptMapping,
    Definition,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)
from v2v_snippets.services.glossary_checks import field_breaches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_all_concepts_are_public_and_numbered_in_the_order_of_the_file() -> None:
    public = GlossaryConcept.objects.public()

    assert list(public.values_list("identifier", flat=True)) == [
        f"C-{number:04}" for number in range(1, len(concepts.content()) + 1)
    ]
    assert public.count() >= 25


def test_each_of_the_three_fields_has_several_concepts() -> None:
    found = Counter(GlossaryConcept.objects.values_list("domain", flat=True))

    assert set(found) == set(ConceptDomain.values)
    assert min(found.values()) >= 8


def test_each_concept_has_one_preferred_term_in_each_language() -> None:
    words = Designation.objects.filter(status=TermStatus.PREFERRED)
    found = Counter(words.values_list("concept__identifier", "language"))

    languages = list(content_languages())
    expected = {
        (concept.identifier, language)
        for concept in GlossaryConcept.objects.all()
        for language in languages
    }
    assert len(languages) == 13
    assert found == dict.fromkeys(expected, 1)


def test_only_english_words_are_original_and_all_others_are_to_be_confirmed() -> None:
    words = Designation.objects.values_list("language", "origin").distinct()

    assert {language for language, origin in words if origin == "original"} == {"en"}
    assert {origin for language, origin in words if language != "en"} == {"project"}


def test_serbian_stands_in_both_its_scripts() -> None:
    found = Designation.objects.filter(concept__identifier="C-0007", status="preferred")

    assert found.get(language="sr").term == "стручна школа"
    assert found.get(language="sr-latn").term == "stručna škola"


def test_each_concept_is_defined_in_words_of_our_own() -> None:
    rows = Definition.objects.values_list("language", "origin", "source", "source_kind")

    assert set(rows) == {("en", "original", "V2V CMS demo", "project")}
    assert rows.count() == GlossaryConcept.objects.count()


def test_five_concepts_have_national_terms_which_are_said_to_be_samples() -> None:
    rows = NationalEquivalent.objects.all()

    found = Counter(row.concept_id for row in rows)
    assert len(found) == 5
    assert set(found.values()) <= {2, 3}
    assert {row.note for row in rows} == {"Sample of the demo, to be checked"}


def test_each_mapping_is_a_uri_of_the_vocabulary_that_it_names() -> None:
    rows = ConceptMapping.objects.values_list("vocabulary", "uri")
    shapes = {
        "eurovoc": r"http://eurovoc\.europa\.eu/(\d+|c_[0-9a-f]{8})",
        "esco": r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    }

    assert {vocabulary for vocabulary, _uri in rows} == set(shapes)
    assert [uri for vocabulary, uri in rows if not fullmatch(shapes[vocabulary], uri)] == []


def test_readers_and_programs_are_told_what_a_concept_is_elsewhere(client: Client) -> None:
    """The page says of each match how near it is; only the exact one is the same thing."""
    exact = "http://eurovoc.europa.eu/1802"
    close = "http://data.europa.eu/esco/skill/d9a3cb06-d6e0-4a64-88a6-9a8e11a99c93"
    [concept] = GlossaryConcept.objects.filter(mappings__uri=exact)

    page = client.get(f"/en/glossary/{concept.identifier}/").content.decode()
    item = client.get(f"/api/v1/glossary/{concept.identifier}/").json()

    assert f"EuroVoc (Exact) {exact} ESCO (Close) {close}" in visible_text(page)
    [data] = BeautifulSoup(page, "html.parser").select('script[type="application/ld+json"]')
    [same] = [
        node["mainEntity"]["sameAs"] for node in loads(data.text)["@graph"] if "mainEntity" in node
    ]
    assert same == [exact]
    assert item["mappings"] == [
        {"relation": "exact", "vocabulary": "eurovoc", "uri": exact},
        {"relation": "close", "vocabulary": "esco", "uri": close},
    ]


def test_an_editor_could_have_entered_all_of_it() -> None:
    for concept in GlossaryConcept.objects.with_words():
        assert list(field_breaches(concept)) == []


def test_the_report_on_the_termbase_finds_nothing() -> None:
    out = StringIO()

    call_command("check_glossary", stdout=out)

    assert out.getvalue() == "All concepts keep to the rules.\n"


def test_wagtail_knows_which_concepts_name_a_country() -> None:
    concept = GlossaryConcept.objects.get(identifier="C-0005")
    references = ReferenceIndex.get_references_for_object(concept)

    assert {path.split(".")[0] for path in references.values_list("model_path", flat=True)} == {
        "national_equivalents",
        "relations",
    }


def test_the_search_finds_every_concept_in_every_language() -> None:
    rows = SearchEntry.objects.filter(kind="concept")

    assert rows.count() == 13 * GlossaryConcept.objects.count()


@pytest.mark.parametrize(
    "path", ["/en/glossary/", "/it/glossario/", "/sq/fjalorthi/", "/sr/glosar/"]
)
def test_the_glossary_lists_them_in_each_language_of_the_demo(client: Client, path: str) -> None:
    first = links(client, path)
    listed = first.union(*(links(client, link) for link in first if "/page/" in link))

    expected = {f"{path}{concept.identifier}/" for concept in GlossaryConcept.objects.all()}
    assert expected <= listed


def test_a_term_that_is_not_used_any_more_leads_to_the_preferred_one(client: Client) -> None:
    text = visible_text(client.get("/en/glossary/?q=trade+school").content.decode())

    assert "Preferred term: vocational school" in text


def links(client: Client, path: str) -> set[str]:
    """The addresses that a page leads to."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return {str(link["href"]) for link in page.select("main a")}
