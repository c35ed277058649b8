"""A client generated from the OpenAPI document, and a site that it can read through a socket."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.factories import NewsPageFactory, ProjectSettingsFactory, TwinningStoryPageFactory
from tests.sites import build_site, translate

ROOT = Path(__file__).resolve().parents[3]
NAME = "v2v_client"
"""As the examples call it."""


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Generates the client into a folder from which it can be imported; returns its name."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yml"
    config.write_text("post_hooks: []\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "openapi_python_client", "generate",
            "--path", ROOT / "openapi.json", "--output-path", folder / NAME,
            "--meta", "none", "--config", config, "--fail-on-warning",
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout
    sys.path.insert(0, str(folder))
    yield NAME
    sys.path.remove(str(folder))


@pytest.fixture
def served(live_server: LiveServer, transactional_db: None) -> str:
    """The address of a site with an article in two languages and a story."""
    tree = build_site("it")
    ProjectSettingsFactory()
    translate(tree.news, "it", title="Notizie", slug="notizie")
    body: list[dict[str, Any]] = [
        {"type": "paragraph", "value": "<p>We <b>met</b> & talked.</p>", "id": "1"}
    ]
    article = NewsPageFactory(
        parent=tree.news, title="Kick-off <1>", slug="kick-off", body=body, tags=["visits"]
    )
    translate(article, "it", title="Incontro", slug="incontro")
    TwinningStoryPageFactory(parent=tree.twinnings, title="Our story", slug="our-story")
    return str(live_server.url)
