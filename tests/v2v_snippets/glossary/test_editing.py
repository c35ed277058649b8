"""Editing concepts in the admin: one screen, gaps in drafts, faults at their field."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.glossary import ConceptFactory, add_term, relate
from v2v_snippets.enums import RelationKind, TermStatus
from v2v_snippets.models import GlossaryConcept

pytestmark = pytest.mark.django_db

WORD = {"term_type": "full_form", "part_of_speech": "noun", "origin": "original"}
DEFINED = {"language": "en", "text": "A place.", "source": "Us", "source_kind": "project"}


def url(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_v2v_snippets_glossaryconcept:{view}", args=args)


def word(language: str, term: str, status: str = "preferred", **fields: Any) -> dict[str, Any]:
    return WORD | {"language": language, "term": term, "status": status} | fields


def form(*words: dict[str, Any], defined: bool = True, **fields: Any) -> dict[str, Any]:
    """Returns the filled form; ``relations`` are its relations."""
    rows = {"designations": words, "definitions": [DEFINED | {"origin": "original"}] * defined}
    filled: dict[str, Any] = nested_form_data(
        {"domain": "vet_systems", "status": "approved"}
        | {
            name: inline_formset(
                rows.get(name, fields.pop(name, [])), initial=fields.pop(f"{name}_stored", 0)
            )
            for name in (
                "designations",
                "definitions",
                "relations",
                "national_equivalents",
                "mappings",
            )
        }
        | fields
    )
    return filled


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def test_a_concept_with_three_languages_is_published_from_one_screen(editor: Client) -> None:
    words = [word("en", "school"), word("sr", "школа"), word("sq", "shkollë")]

    response = editor.post(url("add"), form(*words) | {"action-publish": "on"})

    assert response.status_code == 302
    concept = GlossaryConcept.objects.public().get()
    assert str(concept) == "school (C-0001)"
    assert concept.designations.count() == 3


def test_preferred_and_admitted_term_are_swapped_on_the_screen(editor: Client) -> None:
    concept = ConceptFactory(terms={"en": "school"}, definitions={})
    add_term(concept, "en", "place", status=TermStatus.ADMITTED)
    first, second = concept.designations.order_by("pk")
    words = [word("en", "school", "admitted", id=first.pk), word("en", "place", id=second.pk)]

    response = editor.post(
        url("edit", concept.pk), form(*words, designations_stored=2) | {"action-publish": "on"}
    )

    assert response.status_code == 302
    assert GlossaryConcept.objects.get().name == "place"


def test_faults_are_shown_where_they_are(editor: Client) -> None:
    words = [word("en", "school"), word("en", "place")]
    related = [{"kind": "related", "target": ConceptFactory().pk}] * 2

    response = editor.post(
        url("add"), form(*words, defined=False, relations=related) | {"action-publish": "on"}
    )

    shown = response.context["form"]
    assert set(shown.errors) == {"status"}
    assert [set(row.errors) for row in shown.formsets["designations"]] == [set(), {"status"}]
    assert [bool(row.errors) for row in shown.formsets["relations"]] == [False, True]
    assert GlossaryConcept.objects.count() == 1


def test_a_circle_is_shown_at_the_relation_that_closes_it(editor: Client) -> None:
    low, high = ConceptFactory(definitions={}), ConceptFactory(terms={}, definitions={})
    relate(low, RelationKind.BROADER, high)

    response = editor.post(
        url("edit", high.pk),
        form(word("en", "school"), relations=[{"kind": "broader", "target": low.pk}])
        | {"action-publish": "on"},
    )

    (row,) = response.context["form"].formsets["relations"].forms
    assert "circle" in str(row.errors["target"])


@pytest.mark.parametrize("live", [True, False], ids=["live", "draft"])
def test_a_draft_with_gaps_saves_itself(editor: Client, *, live: bool) -> None:
    concept = ConceptFactory(terms={}, definitions={}, live=live)
    words = [word("", ""), word("en", ""), word("", "school", "admitted"), word("en", "")]

    response = editor.post(
        url("edit", concept.pk), form(*words, defined=False), headers={"accept": "application/json"}
    )

    assert response.json()["success"], response.json()
    draft = GlossaryConcept.objects.get().get_latest_revision_as_object()
    assert draft.designations.count() == 4


def test_the_editors_own_language_stands_first(editor: Client) -> None:
    concept = ConceptFactory(terms={"it": "scuola", "en": "school", "sq": "shkollë"})

    html = editor.get(url("edit", concept.pk)).content.decode()

    assert html.index('value="school"') < html.index('value="scuola"')
    assert html.index('value="scuola"') < html.index('value="shkollë"')


@pytest.mark.parametrize(
    "question", ["skola", "ŠKOLA", "школа", "vok skola", "skole", "C-0001", "sckola", "dak"]
)
def test_a_concept_is_found_by_any_term_in_any_script(editor: Client, question: str) -> None:
    concept = ConceptFactory(terms={"en": "school", "sr": "школа", "bs": "đak", "hr": "vok škola"})
    add_term(
        concept, "sl", "šola", status="deprecated", inflected_forms="škole", hidden_forms="sckola"
    )
    ConceptFactory(terms={"en": "learner"}, identifier="C-0900")

    for view in ("list", "list_results"):
        response = editor.get(url(view), {"q": question})
        assert list(response.context["object_list"]) == [concept]
    chooser = reverse("wagtailsnippetchoosers_v2v_snippets_glossaryconcept:choose_results")
    assert list(editor.get(chooser, {"q": question}).context["results"]) == [concept]


def test_what_has_no_preferred_term_in_a_language_is_listed(editor: Client) -> None:
    ConceptFactory(terms={"en": "school", "sq": "shkollë"})
    ConceptFactory(terms={"en": "old"}, retired=True)
    missing = ConceptFactory(terms={"en": "learner"})
    add_term(missing, "sq", "nxënës", status=TermStatus.ADMITTED)

    response = editor.get(url("list"), {"missing": "sq", "domain": "vet_systems"})

    assert list(response.context["object_list"]) == [missing]


@pytest.mark.parametrize(
    "name",
    [
        "wagtailsnippets_v2v_snippets_glossaryconcept:list",
        "wagtailsnippetchoosers_v2v_snippets_glossaryconcept:choose_results",
    ],
)
def test_lists_of_concepts_cost_the_same_however_long_they_are(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    ConceptFactory()
    editor.get(reverse(name))  # fills the caches of the process
    with CaptureQueriesContext(connection) as few:
        editor.get(reverse(name))
    tenth = ConceptFactory.create_batch(14)[8]

    with django_assert_max_num_queries(len(few)):
        response = editor.get(reverse(name))

    assert tenth.identifier in response.content.decode()


@pytest.mark.parametrize("view", ["history", "usage", "inspect", "delete"])
def test_a_concept_opens_in_every_view(editor: Client, view: str) -> None:
    concept = ConceptFactory(terms={"en": "school"})

    response = editor.get(url(view, concept.pk))

    assert response.status_code == 200
    assert "school" in response.content.decode()


def test_what_is_not_published_yet_can_be_previewed(editor: Client) -> None:
    concept = ConceptFactory(terms={"en": "school"}, definitions={})
    preview = url("preview_on_edit", concept.pk)

    assert editor.post(preview, form(word("sr", "школа"), defined=False)).json()["is_available"]

    assert '<b lang="sr">школа</b>' in editor.get(preview).content.decode()


def test_the_report_leads_to_what_breaks_the_rules(editor: Client) -> None:
    sound, broken = ConceptFactory(), ConceptFactory(definitions={})

    page = editor.get(reverse("v2v_snippets:termbase_report")).content.decode()

    assert url("edit", broken.pk) in page
    assert "has a definition in English" in page
    assert sound.identifier not in page
    assert reverse("v2v_snippets:termbase_report") in editor.get("/admin/").content.decode()


def test_the_command_names_what_breaks_the_rules_and_fails() -> None:
    concept = ConceptFactory()
    out = StringIO()
    call_command("check_glossary", stdout=out)
    assert "All concepts keep to the rules." in out.getvalue()
    concept.definitions.get().delete()

    with pytest.raises(CommandError):
        call_command("check_glossary", stdout=out)

    assert f"{concept.identifier}, status: " in out.getvalue()
