"""Whoever would publish an incomplete translation in the admin reads why not, and nothing fails."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.people import signed_in, somebody_of
from tests.v2v_pages.services.translators import begin, type_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

REFUSAL = "sentences are not translated yet"


@pytest.fixture
def translation() -> Translation:
    """A Finnish translation of which nothing is translated."""
    begin(find_page("home"), "fi")
    begin(find_page("news"), "fi")
    return begin(find_page("kick-off"), "fi")


@pytest.fixture
def page(translation: Translation) -> Any:
    return translation.get_target_instance()


def edit(page: Page) -> str:
    """Returns the address of a page in the admin."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def text_after(client: Client, url: str, data: dict[str, Any], came_from: str) -> str:
    """Returns what somebody reads who has sent a form at ``came_from`` to ``url``."""
    answer = client.post(url, data, follow=True, headers={"Referer": came_from})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_translation_editor_says_what_is_missing(page: Any) -> None:
    html = text_after(
        signed_in(COMMUNICATION_TEAM),
        edit(page),
        {"action": "publish"},
        f"http://testserver{edit(page)}",
    )

    page.refresh_from_db()
    assert not page.live
    assert REFUSAL in html


def test_a_review_cannot_approve_it(page: Any) -> None:
    """It got there while it was edited by hand."""
    state = page.get_workflow().start(page, somebody_of(PARTNER_EDITOR))
    client = signed_in(COMMUNICATION_TEAM)
    approve = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    home = f"http://testserver{reverse('wagtailadmin_home')}"

    html = text_after(client, approve, {"comment": "Good"}, home)
    in_the_dialog = client.post(
        approve,
        {"comment": "Good"},
        headers={"Referer": home, "X-Requested-With": "XMLHttpRequest"},
    )

    page.refresh_from_db()
    state.refresh_from_db()
    assert REFUSAL in html
    assert in_the_dialog.json() == {"step": "success", "redirect": home}
    assert REFUSAL in client.get(home).content.decode()
    assert not page.live
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_bulk_action_publishes_all_or_none(page: Any) -> None:
    other = find_page("about")
    other.unpublish()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    there = f"http://testserver{reverse('wagtailadmin_explore', args=[page.get_parent().pk])}"

    html = text_after(
        signed_in(COMMUNICATION_TEAM), f"{bulk}?id={other.pk}&id={page.pk}", {}, there
    )

    page.refresh_from_db()
    other.refresh_from_db()
    assert REFUSAL in html
    assert (page.live, other.live) == (False, False)


def test_syncing_publishes_what_is_complete_and_names_the_other_languages(
    django_capture_on_commit_callbacks: Any,
) -> None:
    article = find_page("kick-off")
    source = TranslationSource.objects.get(object_id=article.translation_key)
    StringTranslation.objects.filter(
        locale=Locale.objects.get(language_code="it"), context__object=source.object_id
    ).first().delete()
    before = {code: find_page("kick-off", code).live_revision_id for code in ("it", "sq")}

    sync = reverse("wagtail_localize:update_translations", args=[source.pk])
    client = signed_in(COMMUNICATION_TEAM)
    with django_capture_on_commit_callbacks(execute=True):
        html = text_after(client, sync, {"publish_translations": "on"}, f"http://testserver{sync}")

    after = {code: find_page("kick-off", code).live_revision_id for code in ("it", "sq")}
    assert "Italian: 1 of " in html
    assert after["it"] == before["it"]
    assert after["sq"] != before["sq"]


def test_resuming_leads_to_the_text_that_found_no_place(translation: Translation) -> None:
    translation.enabled = False
    translation.save()
    page = translation.get_target_instance()
    by_hand = page.get_latest_revision_as_object()
    by_hand.body.append(("paragraph", "<p>Written by hand.</p>"))
    revision = by_hand.save_revision()

    url = edit(page)
    html = text_after(
        signed_in(COMMUNICATION_TEAM),
        url,
        {"localize-restart-translation": "yes"},
        f"http://testserver{url}",
    )

    address = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk])
    assert "has no counterpart in the original: Body: " in html
    assert f'href="{address}"' in html


def test_a_partner_editor_submits_and_the_team_approves(translation: Translation) -> None:
    page = translation.get_target_instance()
    partner, team = signed_in(PARTNER_EDITOR), signed_in(COMMUNICATION_TEAM)
    there = f"http://testserver{edit(page)}"
    too_early = text_after(partner, edit(page), {"action": "submit"}, there)
    type_all(translation)

    html = text_after(partner, edit(page), {"action": "submit"}, there)
    waiting = team.get(edit(page)).content.decode()
    task_state = translation.get_target_instance().current_workflow_task_state
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]
    )
    text_after(team, approve, {"comment": ""}, there)

    page.refresh_from_db()
    assert REFUSAL in too_early
    assert "has been submitted for review" in html
    assert f'action="{approve}"' in waiting
    assert approve not in html
    assert page.live
    assert page.title.endswith("(fi)")
