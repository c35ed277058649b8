"""What the two roles can do in the admin, and what they cannot."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, TaskState

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.forms import add_news, news_form
from tests.cms.editing.people import signed_in, somebody_of
from v2v_snippets.models import Country, Partner, PersonConsent, ProjectSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def partner() -> Client:
    """The browser of a partner editor."""
    return signed_in(PARTNER_EDITOR)


@pytest.fixture
def team() -> Client:
    """The browser of somebody in the communication team."""
    return signed_in(COMMUNICATION_TEAM)


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/snippets/", "/admin/images/"])
def test_anonymous_readers_are_asked_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_a_user_without_a_role_does_not_get_in(client: Client) -> None:
    user = somebody_of(PARTNER_EDITOR)
    user.groups.clear()
    client.force_login(user)

    assert client.get("/admin/").status_code == 302


def test_the_partner_editor_is_offered_to_submit_and_not_to_publish(partner: Client) -> None:
    html = partner.get(edit_url(find_page("kick-off"))).content.decode()

    assert 'name="action-submit"' in html
    assert 'name="action-publish"' not in html


def test_the_communication_team_is_offered_both(team: Client) -> None:
    html = team.get(edit_url(find_page("kick-off"))).content.decode()

    assert 'name="action-submit"' in html
    assert 'name="action-publish"' in html


def test_what_a_partner_editor_tries_to_publish_stays_a_draft(partner: Client) -> None:
    page = add_news(partner, find_page("news"), "Our visit", button="publish")

    assert not page.live
    assert page.has_unpublished_changes


def test_a_partner_editor_cannot_change_what_readers_see(partner: Client) -> None:
    article = find_page("kick-off")

    partner.post(edit_url(article), news_form("Something else") | {"action-publish": "on"})

    assert find_page("kick-off").title == article.title
    assert find_page("kick-off").live


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_a_partner_editor_cannot_take_a_page_away(partner: Client, view: str) -> None:
    article = find_page("kick-off")

    partner.post(reverse(f"wagtailadmin_pages:{view}", args=[article.pk]))

    assert find_page("kick-off").live


def test_the_communication_team_publishes_at_once(team: Client) -> None:
    page = add_news(team, find_page("news"), "Our visit", button="publish")

    assert page.live
    assert page.live_revision is not None


def test_a_submitted_article_is_published_by_the_approval_of_the_team(
    partner: Client, team: Client
) -> None:
    page = add_news(partner, find_page("news"), "Our visit", button="submit")
    assert page.workflow_in_progress
    assert not page.live

    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert team.get(url).status_code == 200
    team.post(url)

    page.refresh_from_db()
    assert page.live
    assert not page.workflow_in_progress


def test_a_partner_editor_cannot_approve_an_article(partner: Client) -> None:
    page = add_news(partner, find_page("news"), "Our visit", button="submit")
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)

    partner.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]))

    page.refresh_from_db()
    assert not page.live


def test_the_team_sends_an_article_back_with_a_comment(partner: Client, team: Client) -> None:
    page = add_news(partner, find_page("news"), "Our visit", button="submit")
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)

    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk])
    team.post(url, {"comment": "Who took the picture?"})

    task.refresh_from_db()
    assert task.status == TaskState.STATUS_REJECTED
    assert task.specific.get_comment() == "Who took the picture?"
    assert not type(page).objects.get(pk=page.pk).live


def test_the_team_is_told_by_mail_that_there_is_something_to_review(
    partner: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    somebody_of(COMMUNICATION_TEAM)

    with django_capture_on_commit_callbacks(execute=True):
        add_news(partner, find_page("news"), "Our visit", button="submit")

    assert [message.to for message in mail.outbox] == [["communication@v2v.example"]]
    assert "Our visit" in mail.outbox[0].subject


def test_the_team_schedules_and_the_partner_editor_does_not(partner: Client, team: Client) -> None:
    schedule = {"go_live_at": "2099-01-01 10:00"}
    article = find_page("news")

    ours = add_news(team, article, "In time", button="publish", **schedule)
    theirs = add_news(partner, article, "Not in time", button="publish", **schedule)

    assert not ours.live
    assert ours.scheduled_revision is not None
    assert ours.scheduled_revision.approved_go_live_at > timezone.now()
    assert theirs.scheduled_revision is None


@pytest.mark.parametrize("model", ["partner", "country", "fundingstatement", "team", "twinning"])
def test_records_are_the_business_of_the_team(partner: Client, team: Client, model: str) -> None:
    url = f"/admin/snippets/v2v_snippets/{model}"

    assert partner.get(f"{url}/").status_code == 200
    assert partner.get(f"{url}/add/").status_code == 302
    assert team.get(f"{url}/add/").status_code == 200


def test_a_partner_editor_looks_at_a_record_without_changing_it(partner: Client) -> None:
    school = Partner.objects.get(slug="sedu")
    url = reverse(Partner.snippet_viewset.get_url_name("inspect"), args=[school.pk])

    assert "SEDU" in partner.get(url).content.decode()
    edit = reverse(Partner.snippet_viewset.get_url_name("edit"), args=[school.pk])
    assert partner.get(edit).status_code == 302


def test_whoever_hears_of_a_consent_enters_it(partner: Client) -> None:
    form = {"person_name": "A teacher", "scope": "quote", "given_on": "2021-04-01"}

    partner.post("/admin/snippets/v2v_snippets/personconsent/add/", form)

    consent = PersonConsent.objects.get()
    delete = f"/admin/snippets/v2v_snippets/personconsent/delete/{consent.pk}/"
    partner.post(delete)
    assert PersonConsent.objects.filter(pk=consent.pk).exists()


def test_only_the_team_changes_the_project_settings(partner: Client, team: Client) -> None:
    record = ProjectSettings.objects.get()
    url = reverse("wagtailsettings:edit", args=["v2v_snippets", "projectsettings", record.pk])

    assert partner.get(url).status_code == 302
    assert team.get(url).status_code == 200


def test_a_country_that_partners_are_in_cannot_be_deleted(team: Client) -> None:
    italy = Country.objects.get(code="IT")

    response = team.post(f"/admin/snippets/v2v_snippets/country/delete/{italy.pk}/", follow=True)

    assert response.status_code == 200
    assert Country.objects.filter(code="IT").exists()
