"""What tests of sending share: a small composer, and a mail server that keeps a ledger."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests import dispatches
from tests.mail_sink import MailSink

from ..mail_settings import use_server


@pytest.fixture(autouse=True)
def small_composer(settings: Any) -> Iterator[None]:
    """Issues are written by the tests: in English, unless a test says more."""
    settings.V2V_ISSUE_COMPOSER = dispatches.COMPOSER
    reverse("communication_newsletters:subscribe")  # to load all addresses may take a whole step
    yield
    dispatches.written[:] = ["en"]


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """A mail server to which this site sends."""
    server = MailSink().start()
    use_server(settings, server.port)
    settings.V2V_MAIL_TRANSPORT = "communication.newsletters.transports.smtp.SmtpTransport"
    yield server
    server.close()
