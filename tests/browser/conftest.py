"""Fixtures of the tests that drive a real Chromium against a site of this process.

A test fails when its pages write an error to the console or ask any other host for anything.
"""

import os
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from playwright.sync_api import Error as PlaywrightError
from pytest_django.live_server_helper import LiveServer

from cms.demo.loading import load_demo
from cms.services.bootstrap import bootstrap_site
from tests.browser.chromium import WITHOUT_WINDOWS
from tests.browser.chromium import chromium as launched
from tests.browser.looks import validate, violations
from tests.replaying import replay


class Axe(Protocol):
    """Looks at a page, or at the parts of it that a selector names; for all rules, or for some."""

    def __call__(self, selector: str = "html", *rules: str) -> list[dict[str, Any]]: ...


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets a test that fails say what its page showed: elsewhere, nobody can look."""
    report = yield
    page = item.funcargs.get("page")
    if report.when == "call" and report.failed and isinstance(page, Page):
        with suppress(PlaywrightError):  # one that is gone or does not answer shows nothing
            shown = page.locator("body").aria_snapshot(timeout=5_000)
            report.sections.append(("What the page showed", f"{page.url}\n{shown}"))
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, the one without windows before any other; none is ever downloaded."""
    # Playwright keeps an event loop in this thread, in which Django would refuse the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with launched(WITHOUT_WINDOWS) as browser:
        yield browser


@pytest.fixture
def site_url(live_server: LiveServer) -> str:
    """The address of a site that is set up and served, as readers have it."""
    address = urlsplit(live_server.url)
    where: dict[str, Any] = {"hostname": address.hostname, "port": address.port}
    replay(("served", *where.values()), lambda: bootstrap_site(**where))
    return str(live_server.url)


@pytest.fixture(scope="session")
def copy_of_the_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that wants the demo leaves it for the others."""
    return tmp_path_factory.mktemp("demo") / "db.sqlite3"


@pytest.fixture
def demo(site_url: str, copy_of_the_demo: Path) -> str:
    """The address of the site with its demo content, which is loaded once; it takes seconds."""
    if connection.vendor != "sqlite":
        load_demo()
        return site_url
    is_loaded = copy_of_the_demo.exists()
    with closing(sqlite3.connect(copy_of_the_demo)) as kept:
        if is_loaded:
            kept.backup(connection.connection)
        else:
            load_demo()
            connection.connection.backup(kept)
    return site_url


@pytest.fixture
def page(chromium: Browser, site_url: str) -> Iterator[Page]:
    """A browser's page, whose relative addresses are those of the site."""
    context = chromium.new_context(base_url=site_url, locale="en-GB")
    context.set_default_timeout(30_000)  # a busy machine is no fault of the page
    page = context.new_page()
    complaints: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        is_own = message.location["url"] == page.url
        # a page may say that there is nothing; and Wagtail saves by itself, also what is half typed
        is_answer = is_own and any(f"status of {code}" in message.text for code in (400, 404))
        if message.type == "error" and not is_answer:
            complaints.append(f"console: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((site_url, "data:", "blob:")):
            complaints.append(f"third party: {request.url}")

    page.on("console", note_console)
    page.on("request", note_request)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def axe(page: Page) -> Axe:
    """Returns what axe finds wrong with the page, or parts of it: rule, help and the elements."""
    return partial(violations, page)


@pytest.fixture
def html_errors(tmp_path: Path) -> Callable[[Mapping[str, str]], str]:
    """Returns what html-validate finds wrong with documents, by address; nothing is "".

    Three rules are off: an article's title is as long as it is, spaces at the end of lines are no
    reader's concern, and without its role Safari tells nobody that a list without bullets is one.
    """
    return partial(validate, tmp_path, "htmlvalidate.json")


@pytest.fixture
def mail_html_errors(tmp_path: Path) -> Callable[[Mapping[str, str]], str]:
    """Returns the same of mails.

    Further rules are off, which forbid what Outlook and other old programs need: styles in lines,
    attributes in their place, comments for Outlook alone, tables and texts that say their role.
    """
    return partial(validate, tmp_path, "htmlvalidate_mail.json")
