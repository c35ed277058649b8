"""What tests of the office's pages share: a page that stands for an issue, and a checklist."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communication.newsletters.models import Dispatch
from tests import dispatches
from tests.mail_sink import MailSink

from ..mail_settings import use_server
from ..office import someone
from . import places


@pytest.fixture(autouse=True)
def small_composer(settings: Any) -> Iterator[None]:
    """Any page is an issue, written by the tests; the checklist finds what a test wants it to."""
    settings.V2V_ISSUE_TYPE = "wagtailcore.Page"
    settings.V2V_ISSUE_COMPOSER = dispatches.COMPOSER
    settings.V2V_ISSUE_CHECKLIST = f"{places.__name__}.checklist"
    yield
    dispatches.written[:] = ["en"]
    places.findings.clear()


@pytest.fixture
def sender(site: None) -> Client:
    """The browser of somebody who may send, and may see who reads."""
    return someone("send_dispatch", "view_subscriber")


@pytest.fixture
def issue(site: None) -> Any:
    """What is sent."""
    return dispatches.an_issue()


@pytest.fixture
def sent(news: Any) -> Dispatch:
    """An issue that has gone to two readers."""
    dispatch = dispatches.scheduled_dispatch(news, readers=2)
    dispatches.send(dispatch)
    dispatch.refresh_from_db()
    return dispatch


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """A mail server to which this site sends."""
    server = MailSink().start()
    use_server(settings, server.port)
    settings.V2V_MAIL_TRANSPORT = "communication.newsletters.transports.smtp.SmtpTransport"
    yield server
    server.close()


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], Any]], int]:
    """Returns how many queries something takes."""

    def counted(action: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            action()
        return len(queries)

    return counted
