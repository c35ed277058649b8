"""Files come into the termbase whole or not at all, twice without harm, and take nothing away."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rdflib import Graph
from rdflib.compare import isomorphic
from wagtail.models import ModelLogEntry, ReferenceIndex

from tests.factories import CountryFactory
from tests.glossary import ConceptFactory, add_equivalent, add_term, full_concept, new_concept
from tests.v2v_snippets.exchange.files import (
    OTHERS,
    brought,
    everything,
    exported,
    rows,
    terms,
    thesaurus,
    wipe,
)
from v2v_pages.models import SearchEntry
from v2v_snippets.exchange.formats import FORMATS
from v2v_snippets.models import ConceptMapping, ConceptRelation
from v2v_snippets.services.glossary import save_concept
from v2v_snippets.services.glossary_checks import concept_reports
from v2v_snippets.services.glossary_export import stored_records
from v2v_snippets.services.glossary_import import (
    DifferenceChangedError,
    compare_glossary,
    read_file,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("extension", FORMATS)
def test_what_was_exported_and_wiped_comes_back_as_it_was(extension: str) -> None:
    full_concept()
    retired = ConceptFactory(retired=True, terms={"en": "=cmd", "sr": "'-школа"})
    everything().filter(pk=retired.pk).update(replaced_by=everything().order_by("pk")[0])
    records, content = stored_records(everything()), exported(extension)
    wipe()

    report = brought(content, extension)

    assert report.faults == []
    assert report.new == len(records)
    assert stored_records(everything()) == records
    assert exported(extension) == content
    assert concept_reports() == []


def test_the_graph_that_comes_back_is_the_same() -> None:
    full_concept()
    before = Graph().parse(data=exported("ttl"), format="turtle")
    content = exported("rdf")
    wipe()

    brought(content, "rdf")

    assert isomorphic(before, Graph().parse(data=exported("ttl"), format="turtle"))


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_that_was_exported_here_changes_nothing(extension: str) -> None:
    concept = full_concept()
    revision = save_concept(concept=concept).latest_revision_id

    report = brought(exported(extension), extension)

    assert (report.faults, report.changes) == ([], [])
    assert report.unchanged == everything().count()
    concept.refresh_from_db()
    assert concept.latest_revision_id == revision


def test_a_file_of_one_language_and_one_column_takes_nothing_away() -> None:
    concept = full_concept()
    before = terms(concept)

    report = brought(rows(f"{concept.identifier},sq,shkollë", columns="concept,language,term"))

    assert report.faults == []
    assert terms(concept) == sorted([*before, ("sq", "shkollë", "preferred")])
    concept.refresh_from_db()
    assert concept.status == "approved"
    assert concept.definitions.count() == 1
    assert concept.national_equivalents.count() == 1


def test_preferred_and_admitted_term_are_swapped_by_a_file() -> None:
    concept = ConceptFactory(terms={"en": "school"})
    add_term(concept, "en", "place", status="admitted", note="Kept")

    report = brought(
        rows(
            f"term,{concept.identifier},en,school,admitted",
            f"term,{concept.identifier},en,place,preferred",
        )
    )

    assert report.faults == []
    assert report.changed == 1
    assert terms(concept) == [("en", "place", "preferred"), ("en", "school", "admitted")]
    assert concept.designations.get(term="place").note == "Kept"


def test_concepts_of_another_house_get_numbers_and_are_known_again() -> None:
    ConceptFactory()
    content = thesaurus(
        f"""<{OTHERS}1> a skos:Concept ; skos:prefLabel "college"@en, "fakultet"@hr .
        <{OTHERS}2> a skos:Concept ; skos:prefLabel "faculty"@en ;
            skos:broader <{OTHERS}1> ; skos:related <{OTHERS}3> .
        <{OTHERS}3> a skos:Concept ; skos:prefLabel "campus"@en ; skos:related <{OTHERS}2> ."""
    )

    first, second = brought(content, "ttl"), brought(content, "ttl")

    assert (first.new, first.faults) == (3, [])
    assert (second.new, second.changed, second.unchanged) == (0, 0, 3)
    lower = everything().get(designations__term="faculty")
    assert (lower.identifier, lower.status, lower.live) == ("C-0003", "draft", True)
    assert lower.mappings.get().uri == f"{OTHERS}2"
    assert lower.relations.get(kind="broader").target.identifier == "C-0002"
    assert ConceptRelation.objects.filter(kind="related").count() == 1


def test_a_concept_that_editors_mapped_is_the_one_that_the_file_means() -> None:
    concept = ConceptFactory(terms={"en": "college"})
    ConceptMapping.objects.create(concept=concept, vocabulary="other", uri=f"{OTHERS}1")

    brought(thesaurus(f'<{OTHERS}1> a skos:Concept ; skos:prefLabel "fakultet"@hr .'), "ttl")

    assert everything().get() == concept
    assert ("hr", "fakultet", "preferred") in terms(concept)


def test_identifiers_of_another_house_need_the_beginning_of_their_uris() -> None:
    content = rows("term,X-1,en,college")

    assert "say with which address" in brought(content).faults[0].message
    assert brought(content, source=OTHERS).new == 1
    assert ConceptMapping.objects.get().uri == f"{OTHERS}X-1"


def test_history_names_who_imported_which_file() -> None:
    user = get_user_model().objects.create_user("ada")
    concept = save_concept(concept=new_concept())

    brought(rows("term,C-0001,sq,shkollë"), user=user)

    concept.refresh_from_db()
    assert concept.latest_revision.user == user
    assert concept.live_revision == concept.latest_revision
    assert not concept.has_unpublished_changes
    restored = concept.latest_revision.as_object()
    assert {word.term for word in restored.designations.all()} == {"school", "shkollë"}
    entry = ModelLogEntry.objects.for_instance(concept)[0]
    assert (entry.user, entry.revision) == (user, concept.latest_revision)
    assert entry.message == "Imported from glossary.csv"


def test_the_indexes_know_what_was_imported(django_capture_on_commit_callbacks: Any) -> None:
    concept, country = ConceptFactory(), CountryFactory()

    with django_capture_on_commit_callbacks(execute=True):
        brought(
            rows(
                f"term,{concept.identifier},sq,shkollë,{country.code}",
                columns="table,concept,language,term,country",
            )
        )

    assert SearchEntry.objects.get(key=concept.identifier, language="sq").title == "shkollë"
    assert ReferenceIndex.get_references_to(country).count() == 1
    word = concept.designations.get(language="sq")
    assert (word.folded, word.index_letter) == ("shkolle", "SH")


def test_only_what_was_agreed_to_is_written() -> None:
    ConceptFactory(identifier="C-0001", terms={"en": "school"})
    content = rows("term,C-0001,sq,shkollë")
    parsed = read_file(content=content, extension="csv")
    agreed = compare_glossary(parsed=parsed).fingerprint()
    add_term(everything().get(), "it", "scuola")

    with pytest.raises(DifferenceChangedError):
        brought(content, agreed=agreed)

    assert not everything().get().designations.filter(language="sq").exists()


def test_related_concepts_that_a_file_puts_above_each_other_are_no_longer_related() -> None:
    low, high = ConceptFactory(), ConceptFactory()
    ConceptRelation.objects.create(concept=high, kind="related", target=low)

    report = brought(
        rows(
            f"relation,{low.identifier},broader,{high.identifier}",
            columns="table,concept,kind,target",
        )
    )

    assert report.faults == []
    relation = ConceptRelation.objects.get()
    assert (relation.concept, relation.kind, relation.target) == (low, "broader", high)


def test_every_field_of_a_row_can_be_changed() -> None:
    concept = ConceptFactory()
    add_equivalent(concept, country=CountryFactory(code="XK"))

    report = brought(
        rows(
            f"equivalent,{concept.identifier},XK,shkollë profesionale,sq,5,,2026-12-31",
            columns="table,concept,country,term,language,eqf_level,note,as_of",
        )
    )

    assert report.faults == []
    found = concept.national_equivalents.get()
    assert (found.eqf_level, found.as_of.isoformat()) == (5, "2026-12-31")


def test_comparing_costs_the_same_for_one_concept_and_for_many() -> None:
    counts = []
    for number in (1, 14):
        ConceptFactory.create_batch(number)
        parsed = read_file(content=exported("csv"), extension="csv")
        with CaptureQueriesContext(connection) as queries:
            compare_glossary(parsed=parsed)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10
