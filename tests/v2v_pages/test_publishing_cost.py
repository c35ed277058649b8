"""What publishing costs does not depend on the number of languages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from tests.factories import NewsPageFactory
from tests.sites import build_site, translate
from tests.texts import PARTNERSHIP

pytestmark = pytest.mark.django_db


def cost_of_publishing(page: Any) -> int:
    """Returns how many queries a change costs that is published, with all that follows from it."""
    Site.get_site_root_paths()  # kept in Wagtail's cache until the next page appears
    page = type(page).objects.get(pk=page.pk)
    page.title = f"{page.title}, again"
    with (
        CaptureQueriesContext(connection) as queries,
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        page.save_revision().publish()
    return len(queries)


def test_publishing_costs_the_same_with_one_language_and_with_thirteen() -> None:
    site = build_site()
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    Locale.objects.exclude(language_code="en").delete()
    alone = cost_of_publishing(article)
    for code in PARTNERSHIP[1:]:
        Locale.objects.create(language_code=code)
        translate(site.home, code)
        translate(site.news, code)
        translate(article, code)

    assert Page.objects.filter(translation_key=article.translation_key).count() == 13
    assert cost_of_publishing(article) == alone


def test_no_copies_are_made_of_what_is_published() -> None:
    site = build_site(*PARTNERSHIP[1:])
    before = Page.objects.count()

    NewsPageFactory(parent=site.news, slug="kick-off")

    assert Page.objects.count() == before + 1


def test_nobody_can_ask_for_copies_in_the_admin(admin_client: Client) -> None:
    locale = Locale.objects.create(language_code="fi")

    form = admin_client.get(reverse("wagtaillocales:edit", args=[locale.pk]))

    assert form.status_code == 200
    assert b"sync_from" not in form.content
