"""Reviews of articles: marked in all languages at once, and listed."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.repository import add_article
from tests.sites import translate
from v2v_pages.models import RepositoryArticlePage
from v2v_pages.services.reviewing import REVIEWED, mark_reviewed

pytestmark = pytest.mark.django_db


def person(name: str = "ana", **fields: Any) -> Any:
    return get_user_model().objects.create_user(
        username=name, email=f"{name}@v2v.example", password="x", **fields
    )


def test_a_review_holds_for_all_languages_and_is_logged() -> None:
    page = add_article(due=True)
    translate(page.get_parent().specific, "it")
    translated = translate(page, "it")

    mark_reviewed(page=translated, user=person(), next_review_on=date(2121, 5, 1))

    assert {a.review_on for a in RepositoryArticlePage.objects.all()} == {date(2121, 5, 1)}
    assert {a.last_reviewed_on for a in RepositoryArticlePage.objects.all()} == {
        timezone.localdate()
    }
    assert PageLogEntry.objects.filter(action=REVIEWED).count() == 2


def test_the_next_review_is_in_the_future() -> None:
    page = add_article()

    with pytest.raises(ValueError, match="after today"):
        mark_reviewed(page=page, user=None, next_review_on=timezone.localdate())


def test_the_report_and_the_form_serve_an_editor(client: Client) -> None:
    page = add_article(due=True, title="Costs")
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
