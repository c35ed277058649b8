"""Reviews of articles: marked in all languages at once, and reminded of once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import build_site, translate
from v2v_pages.jobs import ReviewReminding
from v2v_pages.models import RepositoryArticlePage, ReviewReminder
from v2v_pages.services.reviewing import REVIEWED, mark_reviewed

pytestmark = pytest.mark.django_db(transaction=True)


class RefusingBackend(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        """Refuses."""
        raise ConnectionRefusedError


@contextmanager
def mail_goes_to(settings: Any, backend: str) -> Iterator[None]:
    """Sends what is mailed inside through another backend, as either Django names it."""
    name = "MAILERS" if hasattr(settings, "MAILERS") else "EMAIL_BACKEND"
    value = {"default": {"BACKEND": backend}} if name == "MAILERS" else backend
    before = getattr(settings, name)
    setattr(settings, name, value)
    yield
    setattr(settings, name, before)


def person(name: str = "ana", **fields: Any) -> Any:
    return get_user_model().objects.create_user(
        username=name, email=f"{name}@v2v.example", password="x", **fields
    )


def article(**fields: Any) -> Any:
    repository = add_repository(build_site("it"))
    return RepositoryArticlePageFactory(parent=repository, **fields)


def drain() -> int:
    """Sends until nothing is due; returns how many mails this worker sent."""
    job, done = ReviewReminding(), 0
    while (step := job.run_due(timezone.now())).done or step.failed:
        done += step.done
    return done


def test_a_review_holds_for_all_languages_and_is_logged() -> None:
    page = article(due=True)
    translate(page.get_parent().specific, "it")
    translated = translate(page, "it")

    mark_reviewed(page=translated, user=person(), next_review_on=date(2121, 5, 1))

    assert {a.review_on for a in RepositoryArticlePage.objects.all()} == {date(2121, 5, 1)}
    assert {a.last_reviewed_on for a in RepositoryArticlePage.objects.all()} == {
        timezone.localdate()
    }
    assert PageLogEntry.objects.filter(action=REVIEWED).count() == 2


def test_the_next_review_is_in_the_future() -> None:
    page = article()

    with pytest.raises(ValueError, match="after today"):
        mark_reviewed(page=page, user=None, next_review_on=timezone.localdate())


def test_who_is_responsible_is_reminded_once_in_their_language() -> None:
    ana = person()
    UserProfile.objects.create(user=ana, preferred_language="it")
    page = article(due=True, responsible=ana, title="Insurance")

    assert (drain(), drain()) == (1, 0)

    [letter] = mail.outbox
    assert letter.to == ["ana@v2v.example"]
    assert "Insurance" in letter.subject
    assert f"/pages/{page.pk}/edit/" in letter.body
    assert ReviewReminder.objects.get().sent_at is not None


def test_the_next_due_date_is_reminded_of_again() -> None:
    page = article(due=True, responsible=person())
    drain()

    RepositoryArticlePage.objects.update(review_on=page.review_on - timedelta(days=1))

    assert drain() == 1


@pytest.mark.parametrize(
    ("page", "user"),
    [
        ({"due": True}, {"is_active": False}),
        ({"due": True, "draft": True}, {}),
        ({"review_on": date(2121, 5, 1)}, {}),
    ],
)
def test_nobody_is_reminded_without_need(page: dict[str, Any], user: dict[str, Any]) -> None:
    article(responsible=person(**user), **page)

    assert drain() == 0
    assert mail.outbox == []


def test_a_refused_mail_is_tried_again(settings: Any, time_machine: Any) -> None:
    article(due=True, responsible=person())
    with mail_goes_to(settings, f"{__name__}.RefusingBackend"):
        drain()

    assert "Refused" in ReviewReminder.objects.get().error
    assert drain() == 0
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    assert drain() == 1


def test_an_interrupted_reminder_is_not_sent_twice() -> None:
    page = article(due=True, responsible=person())
    ReviewReminder.objects.create(
        article=page.translation_key, due_on=page.review_on, claimed_at=timezone.now()
    )

    assert drain() == 0


def test_two_workers_send_one_mail() -> None:
    article(due=True, responsible=person())
    together = threading.Barrier(2)

    def work() -> int:
        try:
            together.wait(30)
            return ReviewReminding().run_due(timezone.now()).done
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result(30) for future in [pool.submit(work), pool.submit(work)]]

    assert sum(done) == len(mail.outbox) == 1


def test_the_report_and_the_form_serve_an_editor(client: Client) -> None:
    page = article(due=True, title="Costs")
    client.force_login(get_user_model().objects.create_superuser("root", "r@v2v.example", "x"))

    report = client.get("/admin/reports/reviews/?state=due").content.decode()
    exported = client.get("/admin/reports/reviews/?export=csv").getvalue().decode()
    editor = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    form = client.get(f"/admin/reviews/{page.pk}/")
    answer = client.post(f"/admin/reviews/{page.pk}/", {"review_on": "2121-05-01"})

    assert f"/admin/reviews/{page.pk}/" in report
    assert f"/admin/reviews/{page.pk}/" in editor
    assert "Costs,Review due" in exported
    assert form.status_code == 200
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.review_on == date(2121, 5, 1)
