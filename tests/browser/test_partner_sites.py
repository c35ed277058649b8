"""A partner site gets a key in a real browser, and a script on that site reads the API with it."""

import os
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from communication.syndication.models import ApiKey
from communication.syndication.services.usage import add_usage
from tests.browser.conftest import Axe
from tests.partner_sites import PartnerSiteFactory, new_key

from .findings import of_ours

pytestmark = pytest.mark.browser

HOME: Final = "http://localhost:4321"
"""Where the partner's site is: nothing answers there but this test."""


@pytest.fixture
def desk(page: Page, site_url: str) -> Page:
    """The list of partner sites, to an administrator."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/admin/partner-sites/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Partner sites").first).to_be_attached()
    return page


def look(page: Page, name: str) -> None:
    """Keeps a picture for whoever asks for it with PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.set_viewport_size({"width": 1280, "height": 1900})  # the admin scrolls inside
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def use(key: ApiKey) -> None:
    """Lets a key have been used for a year, mostly on weekdays."""
    today = timezone.localdate()
    for age in range(390):
        day = today - timedelta(days=age)
        number = (900 if day.weekday() < 5 else 450) - age + age * 37 % 200
        counts = Counter(requests=number, refused=number // 9, limited=age * 7 % 60)
        add_usage(key_id=key.pk, day=day, counts=counts)


def test_a_site_gets_a_key_and_its_usage_is_seen(desk: Page, axe: Axe) -> None:
    desk.get_by_role("link", name="Add partner site").first.click()
    desk.locator("#id_name").fill("Site of SIC Lab")
    desk.locator("#id_contact_email").fill("web@sic.example")
    desk.locator("#id_allowed_origins").fill("https://www.sic.example")
    desk.get_by_label("Italian").check()
    look(desk, "edit")
    assert of_ours(axe("#main")) == []
    desk.get_by_role("button", name="Create").click()
    desk.get_by_role("link", name="Site of SIC Lab").first.click()
    desk.get_by_role("link", name="New key").click()
    look(desk, "new-key-form")
    assert of_ours(axe("#main")) == []

    desk.get_by_role("button", name="Create key").click()
    shown = desk.get_by_label("The new key")
    expect(shown).to_have_value(value := shown.input_value())
    assert len(value) == 50
    look(desk, "new-key")
    assert of_ours(axe("#main")) == []

    use(ApiKey.objects.get())
    desk.get_by_role("link", name="I have copied it").click()
    desk.get_by_text("The same as a table").first.click()
    look(desk, "usage")
    assert of_ours(axe("#main")) == []
    desk.emulate_media(color_scheme="dark")
    look(desk, "usage-dark")
    assert axe("#main", "color-contrast") == []

    desk.get_by_role("link", name="Revoke v2v_").click()
    look(desk, "revoke")
    assert of_ours(axe("#main")) == []
    desk.get_by_role("button", name="Revoke this key").click()
    expect(desk.get_by_text("is revoked")).to_be_visible()
    desk.goto("/admin/api-keys/")
    look(desk, "keys")
    assert of_ours(axe("#main")) == []


READ: Final = """async ([address, key]) => {
  try {
    const answer = await fetch(address, {headers: {Authorization: `Bearer ${key}`}});
    return [answer.status, answer.headers.has("ETag")];
  } catch (error) {
    return [error.name];
  }
}"""


@pytest.mark.parametrize(
    ("origins", "found"), [([HOME], [200, True]), (["http://localhost:1"], ["TypeError"])]
)
def test_scripts_read_with_a_key_where_its_partner_is_at_home(
    chromium: Browser, site_url: str, origins: list[str], found: list[object]
) -> None:
    new = new_key(PartnerSiteFactory(allowed_origins=origins))
    # the page is made up, so that Chromium does not count it to the machine that it runs on
    permissions = ["local-network-access"]
    with closing(chromium.new_context(permissions=permissions)) as context:
        page = context.new_page()
        page.route(f"{HOME}/", lambda route: route.fulfill(body="<title>A school</title>"))
        page.goto(f"{HOME}/")

        assert page.evaluate(READ, [f"{site_url}/api/v1/locales/", new.text]) == found
