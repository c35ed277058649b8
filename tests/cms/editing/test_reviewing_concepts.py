"""A concept goes through the review, is locked for one editor, and tells what has changed."""

from typing import Any

import pytest
from django.test import Client

from cms.services.bootstrap import bootstrap_site
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.people import signed_in
from tests.glossary import ConceptFactory
from tests.v2v_snippets.glossary.test_editing import form, url, word
from v2v_snippets.models import GlossaryConcept

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db: None) -> Any:
    bootstrap_site()
    return ConceptFactory(terms={"en": "school"})


def edit(client: Client, concept: Any, *, term: str, action: str = "") -> Any:
    """Sends the form with another English term, and one definition more than there is."""
    row = concept.designations.get()
    kept = concept.definitions.get()
    data = form(word("en", term, id=row.pk), designations_stored=1)
    data |= {"definitions-INITIAL_FORMS": "1", "definitions-0-id": str(kept.pk)}
    return client.post(url("edit", concept.pk), data | ({action: "on"} if action else {}))


def names() -> list[str]:
    """Returns the terms that the public reads."""
    return [concept.name for concept in GlossaryConcept.objects.public().with_names()]


def test_what_a_school_changes_is_public_after_the_review(school: Any) -> None:
    edit(signed_in(PARTNER_EDITOR), school, term="place", action="action-submit")

    state = GlossaryConcept.objects.get().current_workflow_task_state
    assert state is not None
    assert names() == ["school"]

    signed_in(COMMUNICATION_TEAM).post(url("workflow_action", school.pk, "approve", state.pk))

    assert names() == ["place"]


def test_a_partner_editor_publishes_nothing(school: Any) -> None:
    edit(signed_in(PARTNER_EDITOR), school, term="place", action="action-publish")

    assert names() == ["school"]


def test_a_locked_concept_is_changed_by_nobody_else(school: Any) -> None:
    team, editor = signed_in(COMMUNICATION_TEAM), signed_in(PARTNER_EDITOR)

    team.post(url("lock", school.pk))
    refused = edit(editor, school, term="place")
    assert "could not be saved as it is locked" in refused.content.decode()
    assert GlossaryConcept.objects.get().latest_revision is None

    team.post(url("unlock", school.pk))
    edit(editor, school, term="place")
    assert GlossaryConcept.objects.get().latest_revision is not None


def test_two_states_of_a_concept_are_compared_term_by_term(school: Any) -> None:
    team = signed_in(COMMUNICATION_TEAM)
    first = school.save_revision()
    edit(team, school, term="place")

    compared = team.get(url("revisions_compare", school.pk, first.pk, "latest"))

    html = compared.content.decode()
    assert '<span class="deletion">school</span>' in html
    assert '<span class="addition">place</span>' in html
