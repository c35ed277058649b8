"""Writing concepts through the services: what is refused, and what happens to the old state."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.glossary import ConceptFactory, new_concept, relate, word
from v2v_snippets.enums import ConceptStatus, RelationKind, TermStatus
from v2v_snippets.models import ConceptRelation, Definition, Designation, GlossaryConcept
from v2v_snippets.services.glossary import (
    ConceptRefusedError,
    approve_concept,
    retire_concept,
    save_concept,
)
from v2v_snippets.services.glossary_checks import stored_breaches

pytestmark = pytest.mark.django_db


def test_a_new_concept_is_published_with_a_revision() -> None:
    concept = save_concept(concept=new_concept())

    assert concept.live
    assert concept.first_published_at
    assert concept.revisions.count() == 1
    assert concept.designations.count() == 1
    assert GlossaryConcept.objects.public().get() == concept


def test_a_refused_concept_leaves_nothing_behind() -> None:
    concept = new_concept()
    concept.designations.add(word("en", "another"), word("xx", ""))

    with pytest.raises(ConceptRefusedError) as refusal:
        save_concept(concept=concept)

    assert [(breach.row, breach.field) for breach in refusal.value.breaches] == [
        (2, "language"),
        (2, "term"),
        (1, "status"),
    ]
    assert not GlossaryConcept.objects.exists()
    assert not Designation.objects.exists()


def test_approval_wants_a_definition_with_its_source() -> None:
    concept = ConceptFactory(draft=True, definitions={})

    with pytest.raises(ConceptRefusedError, match="definition"):
        approve_concept(concept=concept)
    concept = GlossaryConcept.objects.get()
    concept.definitions.add(Definition(language="en", text="What it is.", source="Us"))

    assert approve_concept(concept=concept).status == ConceptStatus.APPROVED


def test_a_retired_concept_leads_to_its_replacement_until_it_is_approved_again() -> None:
    old, new = ConceptFactory(), ConceptFactory()

    retired = retire_concept(concept=old, replaced_by=new)
    assert (retired.status, retired.replaced_by) == (ConceptStatus.RETIRED, new)
    assert not GlossaryConcept.objects.public().filter(pk=old.pk).exists()

    approved = approve_concept(concept=retired)
    assert (approved.status, approved.replaced_by) == (ConceptStatus.APPROVED, None)


def test_a_concept_does_not_replace_itself_even_by_way_of_others() -> None:
    one, two = ConceptFactory(), ConceptFactory()

    with pytest.raises(ConceptRefusedError, match="circle"):
        retire_concept(concept=one, replaced_by=one)
    retire_concept(concept=two, replaced_by=one)
    with pytest.raises(ConceptRefusedError, match="circle"):
        retire_concept(concept=one, replaced_by=two)


def test_a_concept_is_refused_whose_relations_close_a_circle() -> None:
    low, high = ConceptFactory(), ConceptFactory()
    relate(low, RelationKind.BROADER, high)
    high.relations.add(ConceptRelation(kind=RelationKind.BROADER, target=low))

    with pytest.raises(ConceptRefusedError) as refusal:
        save_concept(concept=high)

    (breach,) = refusal.value.breaches
    assert (breach.relation, breach.row, breach.target) == ("relations", 0, low.identifier)


def test_a_sound_termbase_has_nothing_to_report() -> None:
    broader = ConceptFactory(terms={"en": "school", "sr": "школа"})
    relate(ConceptFactory(), RelationKind.BROADER, broader)
    ConceptFactory(draft=True, terms={}, definitions={})
    retire_concept(concept=ConceptFactory(), replaced_by=broader)

    assert list(stored_breaches()) == []


def test_what_got_past_the_rules_is_reported_concept_by_concept() -> None:
    one, two = ConceptFactory(), ConceptFactory()
    relate(one, RelationKind.BROADER, two)
    relate(two, RelationKind.BROADER, one)
    Definition.objects.filter(concept=two).delete()
    Designation.objects.filter(concept=one).update(hidden_forms=f"{one.designations.get().term}\n")
    GlossaryConcept.objects.filter(pk=one.pk).update(status=ConceptStatus.RETIRED, replaced_by=one)
    GlossaryConcept.objects.bulk_create([GlossaryConcept(identifier="C-0099", status="draft")])

    found = [(breach.concept, breach.field) for breach in stored_breaches()]

    assert found == [
        ("C-0001", "hidden_forms"),
        ("C-0001", "replaced_by"),
        ("C-0002", "status"),
        ("C-0099", "identifier"),
        ("C-0001", "target"),
    ]


@pytest.mark.parametrize("number", [1, 15])
def test_checking_costs_the_same_however_large_the_termbase_is(
    django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    top = ConceptFactory()
    for concept in ConceptFactory.create_batch(number):
        relate(concept, RelationKind.BROADER, top)

    with django_assert_max_num_queries(9):
        assert list(stored_breaches()) == []


def test_a_preferred_term_is_swapped_by_the_service() -> None:
    concept = ConceptFactory(terms={"en": "placement"})
    concept.designations.add(word("en", "internship", TermStatus.ADMITTED))
    concept = save_concept(concept=concept)
    for designation in concept.designations.get_object_list():
        is_preferred = designation.status == TermStatus.PREFERRED
        designation.status = TermStatus.ADMITTED if is_preferred else TermStatus.PREFERRED

    assert save_concept(concept=concept).name == "internship"
