"""Whatever editors do, no process ever gives out an answer of before."""

import os
import random
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Site

from cms.bytecache import ByteCache
from cms.bytecache.site import with_stored_answers
from communication.syndication.change_log import state_of_log
from tests.workers import wait_for

from .editors import LISTS, Editors
from .origin import Asker
from .servers import Server, running_server

ACTS = 250
"""On each of the two databases: five hundred in all."""
LISTS_PER_ACT = 2
OTHERS_PER_ACT = 3
"""How many are asked beside what shows the work itself."""
OF_THE_PAGE = 2
"""So many are asked before an article ends, of those that it has had."""
SEED = int(os.environ.get("STALENESS_SEED", random.randrange(2**32)))
"""Each run is another one; the variable lets one be had again."""

Answer = tuple[int, str, bytes]
"""Status, tag, and the body or where to go."""


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    with running_server() as one, running_server() as other:
        yield [one, other]


class Readers:
    """Ask the processes, each of which they tell what they know already."""

    def __init__(self, servers: list[Server]) -> None:
        self.servers = servers
        self.hits = 0
        self.known: dict[tuple[int, str], tuple[str, bytes]] = {}

    def ask(self, path: str) -> list[Answer]:
        """Returns the answer of each process."""
        return [self._answer(number, path) for number in range(len(self.servers))]

    def _answer(self, number: int, path: str) -> Answer:
        tag, before = self.known.get((number, path), ("", b""))
        asked = {"If-None-Match": tag} if tag else {}
        status, headers, body = self.servers[number].get(path, **asked)
        self.hits += headers.get("cache-status") == "V2V; hit"
        if status == 304:
            status, body = 200, before
        tag = headers.get("etag", "")
        self.known[number, path] = (tag, body)
        return status, tag, headers.get("location", "").encode() or body


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_process_gives_out_what_was_before(
    request: pytest.FixtureRequest, settings: Settings
) -> None:
    settings.V2V_CONTENT_VERSION = ""  # here, for the truth; the servers keep facts
    chance = random.Random(SEED)
    editors = Editors(chance)
    readers = Readers(request.getfixturevalue("servers"))
    application = get_wsgi_application()
    stale, boundaries = [], 0

    for number in range(ACTS):
        act = editors.act()
        Site.clear_site_root_paths_cache()
        if moment := act.moment:
            for path in act.paths[:OF_THE_PAGE] * 2:  # the second time from what is kept
                readers.ask(path)
            boundaries += timezone.now() < moment
            wait_for(partial(is_past, moment))
        lists = chance.sample(LISTS, LISTS_PER_ACT)
        others = chance.sample(editors.paths, OTHERS_PER_ACT)
        for path in dict.fromkeys((*act.paths, *lists, *others)):
            truth = true_answer(application, path)
            for which, answer in enumerate(readers.ask(path)):
                if answer != truth:
                    stale.append(f"{number} {act.name}: {path} in process {which}")

    assert not stale, f"STALENESS_SEED={SEED}: {stale}"
    assert readers.hits > 0
    assert boundaries > 0, "No article has ended while somebody had it."


def is_past(moment: datetime) -> bool:
    """Tells whether a moment is over."""
    return timezone.now() >= moment


def true_answer(application: Any, path: str) -> Answer:
    """Returns an answer of now; asks again where asking has made versions of a picture, as it may.

    That is a change like others, so that what was answered first is what was before.
    """
    while True:
        before, answer = state_of_log().counter, unkept_answer(application, path)
        if state_of_log().counter == before:
            return answer


def unkept_answer(application: Any, path: str) -> Answer:
    """Returns the answer of a cache that has never kept one."""
    cache = with_stored_answers(application)
    assert isinstance(cache, ByteCache)
    status, headers, body = Asker(cache).get(path, HTTP_HOST="testserver")
    cache.close()
    return int(status[:3]), headers.get("etag", ""), headers.get("location", "").encode() or body
