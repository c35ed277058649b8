"""Operators see the workers in Wagtail's reports; nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.selectors import job_reports

pytestmark = pytest.mark.django_db


def heartbeat(host: str, silent_for: timedelta = timedelta(0), **facts: Any) -> WorkerHeartbeat:
    """A worker with one job."""
    then = timezone.now() - silent_for
    job = {
        "done": 0,
        "failed": 0,
        "last_run_at": then.isoformat(),
        "next_run_at": then.isoformat(),
        "last_error": "",
        "last_error_at": None,
        **facts,
    }
    return WorkerHeartbeat.objects.create(
        worker_id=f"5b0d6c9f-6d41-4a5e-9a0c-{WorkerHeartbeat.objects.count():012}",
        host=host,
        process_id=4711,
        started_at=then,
        beat_at=then,
        jobs={"scheduled publishing": job},
    )


def client_of(*groups: str, codename: str = "") -> Client:
    """A browser in which a member of these groups, or one with this right, is signed in."""
    user = get_user_model().objects.create_user("operator", "operator@v2v.example", "secret")
    user.groups.add(*Group.objects.filter(name__in=groups))
    if codename:
        user.user_permissions.add(Permission.objects.get(codename=codename))
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


def test_the_report_shows_who_is_at_work_and_what_failed() -> None:
    heartbeat("web1", done=3)
    heartbeat("web2", timedelta(minutes=5), last_error="<b>page 7</b>: no slug")
    client = client_of(codename="view_workerheartbeat")

    page = client.get(reverse("communication_delivery:workers")).content.decode()

    assert "web1:4711" in page
    assert "at work" in page
    assert "web2:4711" in page
    assert "silent" in page
    assert "&lt;b&gt;page 7&lt;/b&gt;: no slug" in page


def test_the_report_can_be_refreshed_in_place() -> None:
    heartbeat("web1")
    client = client_of(codename="view_workerheartbeat")

    fragment = client.get(reverse("communication_delivery:workers_results")).content.decode()

    assert "web1:4711" in fragment
    assert "<html" not in fragment


def test_without_a_worker_the_report_says_what_that_means() -> None:
    client = client_of(codename="view_workerheartbeat")

    page = client.get(reverse("communication_delivery:workers")).content.decode()

    assert "No worker is running" in page


def test_the_report_stands_in_the_menu_of_those_who_may_see_it() -> None:
    url = reverse("communication_delivery:workers")

    page = client_of(codename="view_workerheartbeat").get(reverse("wagtailadmin_home"))

    assert url in page.content.decode()


def test_editors_see_neither_the_report_nor_the_way_to_it() -> None:
    heartbeat("web1")
    client = client_of("Editors", "Moderators")
    url = reverse("communication_delivery:workers")

    home = client.get(reverse("wagtailadmin_home"))
    answers = [client.get(url), client.get(reverse("communication_delivery:workers_results"))]

    assert url not in home.content.decode()
    assert all(answer.status_code == 302 for answer in answers)
    assert all(answer["Location"] == reverse("wagtailadmin_home") for answer in answers)


def test_visitors_are_asked_to_sign_in() -> None:
    answer = Client().get(reverse("communication_delivery:workers"))

    assert answer.status_code == 302
    assert reverse("wagtailadmin_login") in answer["Location"]


def test_the_right_can_be_given_to_a_group() -> None:
    from wagtail.users.forms import GroupForm  # noqa: PLC0415  (needs the admin's hooks)

    form = GroupForm()

    codenames = form.fields["permissions"].queryset.values_list("codename", flat=True)
    assert "view_workerheartbeat" in codenames


@pytest.mark.parametrize("number", [1, 15])
def test_the_report_costs_one_query_however_many_workers_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        heartbeat(f"web{index}")

    with django_assert_num_queries(1):
        reports = job_reports()

    assert len(reports) == number
