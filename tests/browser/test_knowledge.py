"""The repository is kept true by its editors, and the VET systems of two countries are compared."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from tests.repository import RepositoryArticlePageFactory, RepositoryIndexPageFactory
from v2v_pages.models import HomePage, RepositoryArticlePage

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page

TITLE = "How to find the rule"


@pytest.fixture
def outdated(site_url: str) -> RepositoryArticlePage:
    """An article whose review is long due, and says so to its readers."""
    home = HomePage.objects.get(locale__language_code="en")
    index = RepositoryIndexPageFactory(parent=home, slug="repository")
    past = timezone.localdate() - timedelta(days=400)
    page: RepositoryArticlePage = RepositoryArticlePageFactory(
        parent=index, slug="rule", title=TITLE, last_reviewed_on=past, review_on=past
    )
    return page


@pytest.fixture
def plain(chromium: Browser, demo: str) -> Iterator[Page]:
    """A visitor's browser that runs no script."""
    context = chromium.new_context(base_url=demo, java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_an_article_of_the_repository_is_marked_as_reviewed(
    page: Page, outdated: RepositoryArticlePage, settings: Settings
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/en/repository/rule/")
    expect(page.get_by_text("Review due since")).to_be_visible()
    page.goto("/admin/reports/reviews/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Mark as reviewed").click()
    next_review = timezone.localdate() + timedelta(days=200)
    page.get_by_label("Next review").fill(next_review.isoformat())
    page.get_by_role("button", name="Mark as reviewed").click()

    expect(page.get_by_text(f"“{TITLE}” is marked as reviewed.")).to_be_visible()
    page.goto("/en/repository/rule/")
    page.reload()  # a browser keeps pages for a minute
    expect(page.get_by_text("Review due since")).to_have_count(0)
    article = RepositoryArticlePage.objects.get(pk=outdated.pk)
    assert article.last_reviewed_on == timezone.localdate()
    assert article.review_on == next_review


@pytest.mark.parametrize("width", [390, 1280])
def test_a_visitor_compares_two_countries_without_a_script(plain: Page, width: int) -> None:
    plain.set_viewport_size({"width": width, "height": 900})
    plain.goto("/en/vet-systems/")
    for country in ("Croatia", "Bosnia and Herzegovina"):
        plain.get_by_label(country).check()
    plain.get_by_role("button", name="Compare").click()

    expect(plain).to_have_url(re.compile("/en/vet-systems/compare/ba/hr/$"))
    head = plain.get_by_role("table").first.locator("thead")
    expect(head).to_contain_text("Bosnia and Herzegovina")
    expect(head).to_contain_text("Croatia")
    charts = plain.locator(".charts svg")
    expect(charts).to_have_count(2)
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 200
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download (CSV)").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert {"BA", "HR"} <= {cell for row in rows for cell in row}
