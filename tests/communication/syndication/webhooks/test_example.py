"""The receiver in the documentation keeps a copy in sync, as it stands there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings as site_settings
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from communication.syndication.models import WebhookDelivery, WebhookEndpoint
from communication.syndication.services.change_log import refresh_change_log
from communication.syndication.services.webhook_endpoints import start_webhook
from tests.factories import NewsPageFactory
from tests.sites import build_site
from tests.webhooks import WebhookEndpointFactory, work
from tests.workers import wait_for
from v2v_snippets.publication.changes import recording_changes

EXAMPLE = site_settings.ROOT / "docs/partners/webhook-receiver/receiver.py"


@contextmanager
def running_example(api: str, secret: str, folder: Path) -> Iterator[str]:
    """Runs the file of the documentation; yields the address at which it listens."""
    facts = {"V2V_API": api, "V2V_SECRET": secret, "V2V_COPY": str(folder / "copy"), "PORT": "0"}
    process = subprocess.Popen(
        [sys.executable, str(EXAMPLE)],
        env={**os.environ, **facts},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stderr is not None
            found = re.search(r"Listening on port (\d+)", process.stderr.readline())
            assert found
            yield f"http://127.0.0.1:{found[1]}/"
        finally:
            process.kill()


def read(address: str) -> list[str]:
    return sorted(requests.get(address, timeout=10).text.splitlines())


@pytest.mark.django_db(transaction=True)
def test_the_example_keeps_a_copy_in_sync(live_server: LiveServer, tmp_path: Path) -> None:
    tree = build_site()
    host, port = live_server.url.removeprefix("http://").split(":")
    Site.objects.update(hostname=host, port=int(port))
    refresh_change_log()
    first = NewsPageFactory(parent=tree.news, title="First")
    endpoint: WebhookEndpoint = WebhookEndpointFactory(types=["news"])
    secret = start_webhook(endpoint=endpoint)

    with running_example(f"{live_server.url}/api/v1", secret, tmp_path) as address:
        wait_for(lambda: read(address) == ["First"])
        WebhookEndpoint.objects.update(url=address)
        with recording_changes():
            NewsPageFactory(parent=tree.news, title="Second")
        work()
        wait_for(lambda: read(address) == ["First", "Second"])
        with recording_changes():
            first.unpublish()
        work()
        wait_for(lambda: read(address) == ["Second"])
        refused = forged(address)

    states: Any = WebhookDelivery.objects.values_list("state", flat=True)
    assert set(states) == {"accepted"}
    assert refused == 401


def forged(address: str) -> int:
    """Sends a webhook that nobody signed; returns the status of the answer."""
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}
    return requests.post(address, data=b"{}", headers=headers, timeout=10).status_code
