"""Whatever editors do, no process ever gives out an answer of before."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings
from wagtail.models import Site

from cms.bytecache import ByteCache
from cms.bytecache.site import with_stored_answers

from .editors import LISTS, Editors
from .origin import Asker
from .servers import Server, running_server

ACTS = 500
ASKED_PER_ACT = 5
SEED = int(os.environ.get("STALENESS_SEED", random.randrange(2**32)))
"""Each run is another one; the variable lets one be had again."""


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    with running_server() as one, running_server() as other:
        yield [one, other]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_process_gives_out_what_was_before(
    request: pytest.FixtureRequest, settings: Settings
) -> None:
    settings.V2V_CONTENT_VERSION = ""  # here, for the truth; the servers keep facts
    chance = random.Random(SEED)
    editors = Editors(chance)
    servers: list[Server] = request.getfixturevalue("servers")
    application = get_wsgi_application()
    known: dict[tuple[int, str], tuple[str, bytes]] = {}
    stale, hits = [], 0

    for number in range(ACTS):
        act = editors.act()
        Site.clear_site_root_paths_cache()
        asked = [*chance.sample(LISTS, 2), *chance.sample(editors.paths, ASKED_PER_ACT - 2)]
        for path in asked:
            truth = true_answer(application, path)
            for which, server in enumerate(servers):
                tag, before = known.get((which, path), ("", b""))
                status, headers, body = server.get(path, **({"If-None-Match": tag} if tag else {}))
                hits += headers.get("cache-status") == "V2V; hit"
                if status == 304:
                    status, body = 200, before
                tag = headers.get("etag", "")
                if (status, tag, body) != truth:
                    stale.append(f"{number} {act}: {path} in process {which}")
                known[which, path] = (tag, body)

    assert not stale, f"STALENESS_SEED={SEED}: {stale}"
    assert hits > 0


def true_answer(application: Any, path: str) -> tuple[int, str, bytes]:
    """Returns status, tag and body from a cache that has never kept an answer."""
    cache = with_stored_answers(application)
    assert isinstance(cache, ByteCache)
    status, headers, body = Asker(cache).get(path, HTTP_HOST="testserver")
    cache.close()
    return int(status[:3]), headers.get("etag", ""), body
