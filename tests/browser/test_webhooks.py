"""A webhook is made, tried and looked at in a real browser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from communication.syndication.models import WebhookEndpoint
from tests.browser.conftest import Axe
from tests.browser.test_partner_sites import look
from tests.partner_sites import PartnerSiteFactory
from tests.receiver import Receiver, receiving, status
from tests.webhooks import changes, work

from .findings import of_ours

pytestmark = pytest.mark.browser


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The server of a school."""
    with receiving() as running:
        yield running


@pytest.fixture
def desk(page: Page, site_url: str) -> Page:
    """The list of webhooks, to an administrator."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/admin/webhooks/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Webhooks").first).to_be_attached()
    return page


def test_a_webhook_is_made_tried_and_switched_off(desk: Page, axe: Axe, receiver: Receiver) -> None:
    site = PartnerSiteFactory(name="Site of SIC Lab")
    desk.get_by_role("link", name="Add webhook").first.click()
    desk.locator("#id_partner_site").select_option(str(site.pk))
    desk.locator("#id_label").fill("News")
    desk.locator("#id_url").fill(receiver.url)
    desk.get_by_label("Italian").check()
    look(desk, "webhook-edit")
    assert of_ours(axe("#main")) == []

    desk.get_by_role("button", name="Create").click()
    assert desk.get_by_label("The new secret").input_value().startswith("whsec_")
    assert of_ours(axe("#main")) == []
    desk.get_by_role("link", name="I have copied the secret").click()
    receiver.answers = [status(503)]
    WebhookEndpoint.objects.update(locales=[])
    changes(3)
    desk.get_by_role("link", name="Send a test").click()
    desk.get_by_role("button", name="Send it").click()
    work()
    desk.reload()
    look(desk, "webhook-delivery")
    assert of_ours(axe("#main")) == []

    desk.get_by_role("link", name="News (Site of SIC Lab)").last.click()
    look(desk, "webhook")
    assert of_ours(axe("#main")) == []
    desk.get_by_role("link", name="Send again").click()
    look(desk, "webhook-replay")
    assert of_ours(axe("#main")) == []
    desk.get_by_role("link", name="Back").click()
    desk.get_by_role("link", name="Switch off").click()
    desk.get_by_role("button", name="Switch it off").click()
    expect(desk.get_by_text("Nothing is sent.")).to_be_visible()
    look(desk, "webhook-off")
    assert of_ours(axe("#main")) == []
    desk.goto("/admin/webhook-deliveries/")
    look(desk, "webhook-deliveries")
    assert of_ours(axe("#main")) == []
