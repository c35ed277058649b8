"""Concepts as they are stored: numbers given once, rows that change places, names."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.glossary import ConceptFactory, relate, word
from v2v_snippets.enums import RelationKind, TermStatus
from v2v_snippets.models import (
    ConceptMapping,
    ConceptNumber,
    ConceptRelation,
    Definition,
    Designation,
    GlossaryConcept,
)

pytestmark = pytest.mark.django_db

PREFERRED, ADMITTED = TermStatus.PREFERRED, TermStatus.ADMITTED


def test_identifiers_count_up_and_are_never_given_again() -> None:
    first, second = ConceptFactory(), ConceptFactory()
    second.delete()
    third = ConceptFactory()

    assert [first.identifier, second.identifier, third.identifier] == ["C-0001", "C-0002", "C-0003"]


def test_an_identifier_that_an_import_brings_is_kept_and_not_given_to_others() -> None:
    brought = ConceptFactory(identifier="C-0007")
    following = ConceptFactory()

    assert brought.identifier == "C-0007"
    assert following.identifier == "C-0008"


def test_reserving_is_repeatable_and_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        ConceptNumber.objects.reserve(["C-0002", "C-12345"])
    ConceptNumber.objects.reserve(["C-0002"])

    assert [str(number) for number in ConceptNumber.objects.order_by("pk")] == [
        "C-0002",
        "C-12345",
    ]


@pytest.mark.parametrize("identifier", ["", "C-1", "C-00012", "C-0000", "c-0001", "C-0001 ", "X"])
def test_only_identifiers_of_ours_can_be_reserved(identifier: str) -> None:
    with pytest.raises(ValueError, match="not like C-0001"):
        ConceptNumber.objects.reserve([identifier])


@pytest.mark.django_db(transaction=True)
def test_two_who_add_concepts_at_once_get_different_identifiers() -> None:
    taken: list[str] = []

    def take() -> None:
        try:
            for _number in range(5):
                with transaction.atomic():
                    taken.append(ConceptNumber.objects.take_next())
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _thread in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [f"C-{number:04}" for number in range(1, 11)]


@pytest.fixture
def school() -> GlossaryConcept:
    """A concept with two English terms, "school" the preferred one."""
    concept = ConceptFactory(terms={"en": "school"}, definitions={"en": "A place.", "it": "Luogo."})
    concept.designations.add(word("en", "vocational school", ADMITTED))
    concept.mappings.add(
        ConceptMapping(vocabulary="esco", uri="https://one.example/"),
        ConceptMapping(vocabulary="esco", uri="https://two.example/"),
    )
    concept.save()
    for kind in RelationKind:
        relate(concept, kind, ConceptFactory())
    return GlossaryConcept.objects.get(pk=concept.pk)


def swap(rows: list[object], field: str) -> None:
    one, two = rows
    former = getattr(one, field)
    setattr(one, field, getattr(two, field))
    setattr(two, field, former)


@pytest.mark.parametrize(
    ("relation", "field"),
    [
        ("designations", "status"),
        ("designations", "term"),
        ("definitions", "language"),
        ("mappings", "uri"),
        ("relations", "target"),
    ],
)
def test_two_rows_of_a_concept_can_change_places(
    school: GlossaryConcept, relation: str, field: str
) -> None:
    manager = getattr(school, relation)
    before = dict(manager.values_list("pk", field))
    swap(manager.get_object_list(), field)

    school.save()

    after = dict(
        getattr(GlossaryConcept.objects.get(pk=school.pk), relation).values_list("pk", field)
    )
    assert after == dict(zip(before, reversed(before.values()), strict=True))


@pytest.mark.parametrize("through_revision", [False, True], ids=["save", "publish"])
def test_preferred_and_admitted_term_can_be_swapped(
    school: GlossaryConcept, *, through_revision: bool
) -> None:
    for preferred in ("vocational school", "school"):  # either is the first of the rows
        swap(school.designations.get_object_list(), "status")
        if through_revision:
            school.save_revision().publish()
        else:
            school.save()

        stored = Designation.objects.filter(concept=school)
        assert stored.get(status=PREFERRED).term == preferred
        assert stored.filter(status=ADMITTED).count() == 1
        school = GlossaryConcept.objects.get(pk=school.pk)


def test_saving_single_fields_leaves_the_words_alone(school: GlossaryConcept) -> None:
    school.designations.get_object_list()
    school.has_unpublished_changes = True

    school.save(update_fields=["has_unpublished_changes"])

    assert Designation.objects.filter(concept=school, status=PREFERRED).get().term == "school"


def test_the_database_keeps_a_second_preferred_term_out(school: GlossaryConcept) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(concept=school).update(status=PREFERRED)


def test_a_draft_may_hold_rows_that_are_not_filled_in_yet() -> None:
    concept = ConceptFactory(draft=True, terms={}, definitions={})
    concept.designations.add(word("", ""), word("", ""), word("en", ""), word("en", ""))
    concept.definitions.add(Definition(text="What"), Definition(text="it is"))

    concept.save()

    assert Designation.objects.filter(concept=concept).count() == 4
    assert Definition.objects.filter(concept=concept).count() == 2


@pytest.mark.parametrize(
    ("language", "name"),
    [("it", "tirocinio (C-0001)"), ("sr", "praksa (C-0001)"), ("nl", "placement (C-0001)")],
)
def test_a_concept_is_named_in_the_readers_language_with_its_identifier(
    language: str, name: str
) -> None:
    concept = ConceptFactory(terms={"en": "placement", "it": "tirocinio", "sr-latn": "praksa"})
    concept.designations.add(word("nl", "stage", ADMITTED))
    concept.save()

    with override(language):
        assert str(concept) == name


def test_a_concept_without_terms_goes_by_its_identifier() -> None:
    assert str(ConceptFactory(draft=True, terms={})) == "C-0001"
    assert str(GlossaryConcept()) == ""


@pytest.mark.parametrize("number", [1, 15])
def test_naming_many_concepts_costs_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    ConceptFactory.create_batch(number)

    with django_assert_num_queries(2):
        names = [str(concept) for concept in GlossaryConcept.objects.with_names()]

    assert len(names) == number


def test_a_concept_keeps_its_relations_keys_when_it_is_saved(school: GlossaryConcept) -> None:
    keys = set(ConceptRelation.objects.values_list("pk", flat=True))
    school.relations.get_object_list()

    school.save()

    assert set(ConceptRelation.objects.values_list("pk", flat=True)) == keys
