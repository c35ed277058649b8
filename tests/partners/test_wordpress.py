"""The plugin for WordPress, run by PHP on a double of what it calls; and WordPress's own filter."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import nh3
import pytest
from django.test import Client

from tests.partners.conftest import EXAMPLE_SITE, EXAMPLES, LIST
from tests.partners.double import Pages

PHP = shutil.which("php")
with_php = pytest.mark.skipif(PHP is None, reason="PHP is missing: install the package php-cli.")
"""Where nobody has PHP, these wait for .ci/run, which brings it."""
WAIT = 2
SLACK = 3
"""Seconds: how long the plugin may wait, and what a busy machine adds to that."""


class WordPress:
    """A site with the plugin, whose options are kept in a file."""

    def __init__(self, folder: Path, site: Pages) -> None:
        code = (EXAMPLES / "v2v.php").read_text(encoding="utf-8")
        self.plugin, self.options = folder / "v2v.php", folder / "options.json"
        self.plugin.write_text(code.replace(EXAMPLE_SITE, site.address), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Lets PHP answer one request, and returns what it prints; a warning is a failure."""
        assert PHP
        harness = Path(__file__).with_name("wordpress.php")
        strict = ["-d", "display_errors=stderr", "-d", "error_reporting=-1"]
        command = [PHP, *strict, str(harness), str(self.plugin), str(self.options), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert done.stderr == ""
        return done.stdout

    def show(self, **attributes: Any) -> str:
        """What a reader of the page sees."""
        return self.run("show", json.dumps({"locale": "sq", **attributes}))


@pytest.fixture
def wordpress(site: Pages, tmp_path: Path) -> WordPress:
    """A partner's site that has shown nothing yet."""
    return WordPress(tmp_path, site)


@with_php
def test_a_page_shows_the_list_with_all_that_a_copy_must_carry(
    site: Pages, wordpress: WordPress
) -> None:
    html = wordpress.show(limit=1)

    assert html.count("<li>") == 1
    assert "Day 2 &lt;script&gt;</a>" in html
    assert 'href="http://localhost/sq/news/day-2/" lang="en"' in html
    assert "2 mars 2021" in html
    assert "Funded by the European Union." in html
    assert "without prejudice" in html
    assert "CC BY 4.0" in html
    assert "<script" not in html


@with_php
def test_no_further_reader_makes_a_request_and_the_clock_refreshes_the_copy(
    site: Pages, wordpress: WordPress
) -> None:
    wordpress.show()
    wordpress.show()
    assert site.asked == [LIST]
    headers, content = site.pages[LIST]
    site.pages[LIST] = (headers, content.replace(b"Day 1", b"Day One"))

    wordpress.run("cron")

    assert site.asked == [LIST, LIST]
    assert "Day One" in wordpress.show()


@with_php
@pytest.mark.parametrize("fault", ["down", "cut short", "gone", "a page"])
def test_the_last_good_copy_survives_whatever_goes_wrong(
    site: Pages, wordpress: WordPress, fault: str
) -> None:
    before = wordpress.show()
    if fault == "down":
        site.down_below = "/"
    elif fault == "cut short":
        site.is_cut_short = True
    elif fault == "gone":
        del site.pages[LIST]
    else:
        site.pages[LIST] = ({}, b"<h1>Sign in to the network</h1>")

    wordpress.run("cron")

    assert wordpress.show() == before


@with_php
def test_a_silent_site_keeps_one_reader_for_two_seconds_and_no_other(
    site: Pages, wordpress: WordPress
) -> None:
    site.silent_below = "/"

    began = time.monotonic()
    first = wordpress.show()
    waited = time.monotonic() - began
    second = wordpress.show()

    assert first == second == f'<p><a href="{site.address}/sq/">V2V</a></p>'
    assert WAIT - 0.1 <= waited < WAIT + SLACK
    assert len(site.asked) == 1
    site.silent_below = ""
    wordpress.run("forget")
    assert "Day 2" in wordpress.show()


@with_php
def test_addresses_of_the_site_become_frames_without_a_long_wait(
    site: Pages, wordpress: WordPress
) -> None:
    told = json.loads(wordpress.run("oembed", f"{site.address}/oembed/?url=x"))
    elsewhere = json.loads(wordpress.run("oembed", "https://elsewhere.example/"))

    assert told["providers"] == {f"{site.address}/*": f"{site.address}/oembed/"}
    assert (told["waits"], elsewhere["waits"]) == (WAIT, 10)


def kept_by_wordpress(html: str) -> str:
    """What WordPress keeps of a provider that nobody added: ``wp_filter_oembed_result()``."""
    attributes = {
        "a": {"href"},
        "iframe": {
            "src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling",
            "title",
        },
    }  # fmt: skip
    cleaner = nh3.Cleaner(tags={"a", "blockquote", "iframe"}, attributes=attributes, link_rel=None)
    kept = cleaner.clean(html)
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.DOTALL)
    # a blockquote would hide the frame until a script shows it
    return found[2] if found and not found[1] else ""


def test_a_frame_survives_wordpress_without_the_plugin(site: Pages) -> None:
    address = "http://localhost/sq/news/day-1/"
    html = Client().get("/oembed/", {"url": address}).json()["html"]

    kept = kept_by_wordpress(html)

    source = re.search(r'src="http://localhost(/embed/[^"]+)"', kept)
    assert source
    assert 'width="600"' in kept
    assert 'title="Day 1 &lt;script&gt;"' in kept or 'title="Day 1 <script>"' in kept
    assert "Day 1" in Client().get(source[1]).content.decode()
