"""The script that keeps a copy of a feed: whatever happens, the last good one stays."""

import os
import subprocess
from pathlib import Path

import feedparser
import pytest

from tests.partners.conftest import EXAMPLES, FEED
from tests.partners.double import Pages

SCRIPT = EXAMPLES / "keep_copy.sh"


def keep(address: str, copy: Path) -> "subprocess.CompletedProcess[str]":
    """Runs the script as cron does, with less patience."""
    command = ["sh", str(SCRIPT), address, str(copy)]
    env = {"PATH": os.environ["PATH"], "WAIT": "1"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=30)


@pytest.fixture
def copy(site: Pages, tmp_path: Path) -> Path:
    """A copy that was kept while all was well."""
    path = tmp_path / "news.rss"
    run = keep(site.address + FEED, path)
    assert (run.returncode, run.stderr) == (0, "")
    return path


def test_the_copy_is_the_feed_and_can_be_read_by_the_web_server(site: Pages, copy: Path) -> None:
    feed = feedparser.parse(copy.read_bytes())

    assert not feed.bozo
    assert len(feed.entries) == 2
    assert copy.stat().st_mode & 0o777 == 0o644
    assert {path.name for path in copy.parent.iterdir()} == {"news.rss", "news.rss.etag"}


def test_what_is_unchanged_is_not_sent_again_and_a_change_is(site: Pages, copy: Path) -> None:
    headers, content = site.pages[FEED]
    assert keep(site.address + FEED, copy).returncode == 0
    assert site.conditions == ["", headers["ETag"]]
    assert copy.read_bytes() == content

    site.pages[FEED] = ({**headers, "ETag": '"new"'}, content.replace(b"Day 1", b"Day One"))
    assert keep(site.address + FEED, copy).returncode == 0

    assert b"Day One" in copy.read_bytes()


def test_a_lost_copy_is_fetched_whole(site: Pages, copy: Path) -> None:
    copy.unlink()

    assert keep(site.address + FEED, copy).returncode == 0
    assert copy.read_bytes() == site.pages[FEED][1]


@pytest.mark.parametrize("fault", ["down", "silent", "cut short", "gone", "a page", "elsewhere"])
def test_the_last_good_copy_survives_whatever_goes_wrong(
    site: Pages, copy: Path, fault: str
) -> None:
    before, address = copy.read_bytes(), site.address + FEED
    headers, content = site.pages[FEED]
    site.pages[FEED] = ({**headers, "ETag": '"new"'}, content)
    if fault == "down":
        site.down_below = "/"
    elif fault == "silent":
        site.silent_below = "/"
    elif fault == "cut short":
        site.is_cut_short = True
    elif fault == "gone":
        del site.pages[FEED]
    elif fault == "a page":
        site.pages[FEED] = ({"Content-Type": "text/html"}, b"<h1>Sign in to the network</h1>")
    else:
        address = "http://127.0.0.1:1/"

    run = keep(address, copy)

    assert run.returncode != 0
    assert run.stderr
    assert copy.read_bytes() == before
    assert {path.name for path in copy.parent.iterdir()} == {"news.rss", "news.rss.etag"}
