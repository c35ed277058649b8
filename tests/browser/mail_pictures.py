"""Pictures of mails, as mail programs show them on a phone and on a desk, in light and dark."""

import itertools
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser

ROOT: Final = Path(__file__).resolve().parents[2]
WIDTHS: Final = (390, 640)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

MAILS_OF_THE_DEMO: Final = """
import json, sys
from communication.newsletters.models import NewsletterPage
from communication.newsletters.rendering.issues import issue_languages, render_issue
issue = NewsletterPage.objects.get(slug="kick-off", locale__language_code="en")
letters = [render_issue(issue, each, site_url=BASE) for each in issue_languages(issue)]
json.dump({letter.language: letter.html for letter in letters}, sys.stdout)
"""
"""Writes the demo's issue as mails; it is run where the demo is served."""


def mails_of(base: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Returns the HTML of the demo's issue as it is mailed, by language.

    Args:
        base: Where the demo is served, and with it the pictures of the mails.
        environment: Of the process that serves it.
    """
    code = f"BASE = {base!r}{MAILS_OF_THE_DEMO}"
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    mails: dict[str, str] = json.loads(run.stdout)
    return mails


def take_mail_screenshots(browser: Browser, mails: Mapping[str, str], folder: Path) -> None:
    """Takes pictures of mails that are given by language."""
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for language, html in mails.items():
            page.set_content(html, wait_until="networkidle")
            file = f"mail-{language}-{width}-{scheme}.png"
            page.screenshot(path=folder / file, full_page=True)
        page.close()
