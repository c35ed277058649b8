"""The receiver in the documentation keeps a copy in sync, as it stands there."""

import json
import os
import re
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings as site_settings
from pytest_django.live_server_helper import LiveServer
from standardwebhooks import Webhook
from wagtail.models import Site

from communication.syndication.models import WebhookDelivery, WebhookEndpoint
from communication.syndication.services.change_log import refresh_change_log
from communication.syndication.services.webhook_endpoints import start_webhook
from tests.factories import NewsPageFactory
from tests.partners.double import served
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


def test_the_example_goes_on_after_answers_that_are_cut_short_or_refuse_its_token(
    tmp_path: Path,
) -> None:
    """V2V restarts while it answers; and whoever wants other items than before begins again."""
    secret = "whsec_" + b64encode(b"0" * 24).decode()
    item = {"id": "1", "operation": "upsert", "item": {"title": "First"}}
    page = {"items": [item], "next": None, "token": "of-other-items"}
    path = "/api/v1/changes/"
    pages = {path: ({"Content-Type": "application/json"}, json.dumps(page).encode())}
    with (
        served(pages) as v2v,
        running_example(f"{v2v.address}/api/v1", secret, tmp_path) as address,
    ):
        wait_for(lambda: read(address) == ["First"])
        v2v.is_cut_short = True
        tell(address, secret)
        wait_for(lambda: len(v2v.asked) == 2)
        v2v.is_cut_short = False
        item["item"] = {"title": "Second"}
        pages[path] = (pages[path][0], json.dumps(page).encode())
        v2v.statuses["of-other-items"] = 400
        tell(address, secret)
        wait_for(lambda: read(address) == ["Second"])

    assert ["token=" in asked for asked in v2v.asked] == [False, True, True, False]


@pytest.mark.parametrize(
    ("length", "status"),
    [("-1", 400), ("+5", 400), ("many", 400), ("٣", 400), ("9" * 5000, 400), ("10001", 413)],
)
def test_the_example_reads_no_body_whose_length_makes_no_sense(
    tmp_path: Path, length: str, status: int
) -> None:
    """Whoever sends it keeps the connection open: reading to the end would never end."""
    secret = "whsec_" + b64encode(b"0" * 24).decode()
    with running_example("http://127.0.0.1:1/api/v1", secret, tmp_path) as address:
        port = int(address.rpartition(":")[2].strip("/"))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
            connection.sendall(head.encode())
            answer = connection.makefile("rb").readline()

    assert answer.split()[1] == str(status).encode()


def tell(address: str, secret: str) -> None:
    """Sends a webhook as V2V does."""
    now, body = datetime.now(UTC), "{}"
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", now, body),
    }
    assert requests.post(address, data=body, headers=headers, timeout=10).status_code == 200


def forged(address: str) -> int:
    """Sends a webhook that nobody signed; returns the status of the answer."""
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}
    return requests.post(address, data=b"{}", headers=headers, timeout=10).status_code
