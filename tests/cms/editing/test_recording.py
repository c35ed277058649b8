"""What editors do in the admin is in the log of changes, whole or not at all."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM
from communication.syndication.models import Change, ContentVersion
from tests.cms.editing.forms import add_news
from tests.cms.editing.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def told(before: int) -> set[tuple[str, str]]:
    """Returns the titles and operations of all changes behind a number."""
    changes = Change.objects.filter(sequence__gt=before)
    titles = {page.translation_key: page.title for page in Page.objects.filter(locale=1)}
    return {(titles.get(change.public_id, ""), change.operation) for change in changes}


def counter() -> int:
    return ContentVersion.objects.get().counter


def test_what_is_published_in_the_admin_is_in_the_log_when_the_answer_comes() -> None:
    before = counter()
    client, news = signed_in(COMMUNICATION_TEAM), find_page("news")

    add_news(client, news, "Draft", button="")
    drafted = counter()
    article = add_news(client, news, "Published", button="publish")

    assert drafted == before
    assert [str(change.public_id) for change in Change.objects.filter(sequence__gt=before)] == [
        str(article.translation_key)
    ]


def test_what_is_withdrawn_in_the_admin_is_in_the_log_with_all_below() -> None:
    before = counter()
    client, news = signed_in(COMMUNICATION_TEAM), find_page("news")

    client.post(reverse("wagtailadmin_pages:unpublish", args=[news.pk]))

    withdrawn: Any = Change.objects.filter(sequence__gt=before, operation="delete")
    kinds = set(withdrawn.values_list("type", "reason"))
    assert ("v2v_pages.newsindexpage", "own") in kinds
    assert ("v2v_pages.newspage", "dependency") in kinds


def test_a_page_made_private_in_the_admin_is_in_the_log() -> None:
    before = counter()
    client, article = signed_in(COMMUNICATION_TEAM), find_page("kick-off")
    address = reverse("wagtailadmin_pages:set_privacy", args=[article.pk])

    answer = client.post(address, {"restriction_type": "login"})

    assert answer.status_code == 200
    reasons = set(Change.objects.filter(sequence__gt=before).values_list("operation", "reason"))
    assert ("delete", "restricted") in reasons
