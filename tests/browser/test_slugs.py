"""While an editor types a title, the slug field shows what the server would make of it."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from cms.services.roles import COMMUNICATION_TEAM
from tests.cms.editing.people import somebody_of
from v2v_snippets.language.slugs import slugify
from v2v_snippets.models import Partner

pytestmark = pytest.mark.browser

PASSWORD = "a very long password"


@pytest.fixture
def admin(page: Page) -> Page:
    """A browser in which somebody of the communication team has signed in."""
    user = somebody_of(COMMUNICATION_TEAM, PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
    return page


@pytest.mark.parametrize("title", ["Đak u Školi", "Ђак у школи", "Twins – 2 çdo ßø", "Ѐлка й"])
def test_the_slug_follows_the_title(admin: Page, title: str) -> None:
    home = WagtailPage.objects.get(depth=2, locale__language_code="en")
    admin.goto(f"/admin/pages/add/v2v_pages/standardpage/{home.pk}/")

    admin.locator("#id_title").press_sequentially(title)

    expect(admin.locator("#id_slug")).to_have_value(slugify(title))
    assert slugify(title)


def test_a_slug_typed_by_hand_is_rewritten_when_its_field_is_left(admin: Page) -> None:
    home = WagtailPage.objects.get(depth=2, locale__language_code="en")
    admin.goto(f"/admin/pages/add/v2v_pages/standardpage/{home.pk}/")
    admin.locator("#id_title").fill("Students")
    admin.get_by_role("tab", name="Search & sharing").click()
    expect(admin.locator("#id_slug")).to_have_value("students")  # it follows a moment later

    admin.locator("#id_slug").fill("Ђаци и Đaci")
    admin.locator("#id_slug").blur()
    expect(admin.locator("#id_slug")).to_have_value("djaci-i-djaci")

    admin.get_by_role("tab", name="Content").click()
    admin.locator("#id_title").press_sequentially(" and teachers")
    expect(admin.locator("#id_slug")).to_have_value("djaci-i-djaci")


def test_the_slug_of_a_partner_follows_its_short_name(admin: Page) -> None:
    admin.goto(f"/admin/snippets/{Partner._meta.app_label}/partner/add/")

    admin.locator("#id_short_name").press_sequentially("Škola Đakovica")

    expect(admin.locator("#id_slug")).to_have_value("skola-djakovica")
