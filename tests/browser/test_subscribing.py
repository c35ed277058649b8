"""A reader of the demo subscribes in Chromium without a script, on pages that keep nobody out."""

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from communication.newsletters.jobs import SignUpAnswering
from communication.newsletters.models import Subscription
from communication.newsletters.subscribers.links import preferences_token
from communication.newsletters.transports.memory import outbox
from tests.browser.conftest import Axe
from tests.newsletters import FORM, LINK

pytestmark = pytest.mark.browser

SIZES = (390, 1280)
LIST = "Lajme të projektit"


def letter() -> str:
    """Lets the worker answer; returns the path of the link in the letter."""
    SignUpAnswering().run_due(timezone.now())
    text = re.sub(rb"=\r\n", b"", outbox[-1].content).decode()
    found = LINK.search(text)
    assert found
    return found[1]


def test_a_reader_subscribes_in_albanian_and_leaves_again(
    demo: str,
    page: Page,
    axe: Axe,
    html_errors: Callable[[Mapping[str, str]], str],
    chromium: Browser,
) -> None:
    reader = chromium.new_context(base_url=demo, java_script_enabled=False).new_page()
    reader.goto("/sq/")
    reader.locator('footer a[href="/sq/subscriptions/"]').click()
    expect(reader).to_have_url(f"{demo}/sq/subscriptions/")
    reader.locator("main input[name=email]").fill("ana@school")
    reader.locator("main button").click()
    expect(reader.locator("main .wrong")).to_be_visible()
    reader.locator("main input[name=email]").fill("ana@school.example")
    reader.locator("main button").click()
    expect(reader).to_have_url(f"{demo}/sq/subscriptions/sent/")
    confirmation = letter()
    assert html_errors(documents(confirmation, FORM)) == ""
    reader.goto(confirmation)
    expect(reader.locator("main")).to_contain_text(LIST)
    reader.locator("main button").click()
    subscription = Subscription.objects.confirmed().get()
    places = places_of(subscription)
    assert html_errors(documents(*places)) == ""
    reader.locator("main").get_by_role("link").click()
    expect(reader.locator("main")).to_contain_text("a•••@school.example")
    reader.goto(f"/sq/subscriptions/unsubscribe/{subscription.token}/")
    reader.locator("main button").click()
    assert not Subscription.objects.confirmed().exists()
    assert reader.context.cookies() == []
    assert barriers(page, axe, places) == {}


def places_of(subscription: Any) -> list[str]:
    """Returns the pages that a subscriber comes to."""
    token = preferences_token(subscription.subscriber.uuid)
    return [
        "/sq/subscriptions/",
        "/sq/subscriptions/sent/",
        f"/sq/subscriptions/preferences/{token}/",
        f"/sq/subscriptions/preferences/{token}/erase/",
        f"/sq/subscriptions/unsubscribe/{subscription.token}/",
        "/sq/subscriptions/confirm/none/",
    ]


def documents(*places: str) -> dict[str, str]:
    """Returns pages as they are sent, and the form with what is wrong in it."""
    client = Client()
    answers = {place: client.get(place) for place in places}
    answers["wrong"] = client.post(FORM, {"email": "wrong", "lists": "none"})
    return {place: answer.content.decode() for place, answer in answers.items()}


def barriers(page: Page, axe: Axe, places: list[str]) -> dict[Any, Any]:
    """Returns what axe finds on each page, in both sizes and lights, and what scrolls sideways."""
    found: dict[Any, Any] = {}
    for place, width in itertools.product(places, SIZES):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(place)
        page.emulate_media(color_scheme="light")
        found[place, width, "light"] = axe()
        page.emulate_media(color_scheme="dark")
        # in another light, nothing but the colours is another
        found[place, width, "dark"] = axe("html", "color-contrast")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[place, width] = "scrolls sideways"
    return {where: what for where, what in found.items() if what}
