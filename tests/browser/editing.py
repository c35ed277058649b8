"""What editors do to forms that grow while they write."""

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError


def insert_block(page: Page, name: str) -> None:
    """Adds a block at the end of the page's blocks."""
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def wait_for_the_end_of(dialog: Locator) -> None:
    """Waits until a dialog has faded, with its shade: another one opens only then."""
    expect(dialog).to_have_count(0)
    expect(dialog.page.locator(".modal-backdrop")).to_have_count(0)


def click_until_it_listens(button: Locator, outcome: Locator) -> None:
    """Clicks, and once more where nothing comes of it: what was inserted just now may be deaf.

    A chooser's button is disabled while its dialog is on the way.
    """
    button.click()
    try:
        outcome.wait_for(timeout=5_000)
    except PlaywrightTimeoutError:
        if button.is_enabled():
            button.click()
