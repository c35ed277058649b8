"""The admin works under its content security policy: Chromium complains about nothing."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from v2v_pages.models import NewsPage
from v2v_snippets.models import Partner, ProjectSettings, Team

pytestmark = pytest.mark.browser


@pytest.fixture
def admin(demo: str, page: Page) -> Page:
    """A browser in which an administrator of the demo has signed in."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
    return page


def test_every_part_of_the_admin_starts(admin: Page) -> None:
    article = NewsPage.objects.get(locale__language_code="en")
    paths = [
        f"pages/{article.pk}/edit/",
        f"pages/add/v2v_pages/newspage/{article.get_parent().pk}/",
        f"pages/{article.pk}/history/",
        f"localize/submit/page/{article.pk}/",
        "images/",
        f"images/{article.listing_image_id}/",
        "images/multiple/add/",
        "documents/",
        f"snippets/v2v_snippets/partner/edit/{Partner.objects.all()[0].pk}/",
        f"snippets/v2v_snippets/team/edit/{Team.objects.all()[0].pk}/",
        f"settings/v2v_snippets/projectsettings/{ProjectSettings.objects.get().pk}/",
        "glossary-imports/",
        "reports/site-history/",
        "workflows/list/",
        "users/",
        "account/",
    ]

    for path in paths:
        response = admin.goto(f"/admin/{path}", wait_until="networkidle")
        assert response is not None
        assert response.ok, path


def test_a_page_is_previewed_and_checked_beside_the_editor(admin: Page) -> None:
    article = NewsPage.objects.get(locale__language_code="en")
    admin.goto(f"/admin/pages/{article.pk}/edit/")

    admin.get_by_role("button", name="Toggle preview").click()
    preview = admin.frame_locator(".w-preview__iframe").first
    expect(preview.locator("h1")).to_have_text(article.title)

    admin.get_by_role("button", name="Toggle checks").click()
    expect(admin.get_by_text("Issues found")).to_be_visible()
    admin.goto("about:blank")  # ends the editing session before its page goes
