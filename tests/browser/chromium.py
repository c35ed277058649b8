"""The Chromium of this machine; none is ever downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

WHOLE: Final = ("chromium", "chromium-browser")
WITHOUT_WINDOWS: Final = ("chromium-headless-shell", *WHOLE)
"""The one that does half the work, before any other."""


def find_chromium(names: tuple[str, ...] = WHOLE) -> str:
    """Returns the path of the first of these programs that there is.

    Raises:
        RuntimeError: with what to install, when there is none.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise RuntimeError(f"Chromium is missing: install {names[0]}, then run this again.")
    return found


@contextmanager
def chromium(names: tuple[str, ...] = WHOLE) -> Iterator[Browser]:
    """Yields a browser; the whole one can be looked at for fonts, colours and printing."""
    options = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(names), args=options)
        yield browser
        browser.close()
