"""A mail server that stalls holds no worker, also where nobody has set a timeout."""

from typing import Any

import pytest

from communication.newsletters.transports import backends
from communication.newsletters.transports.smtp import SmtpTransport
from communication.newsletters.wire.mails import Mail, NotAcceptedError, UncertainError
from tests.mail_sink import SAY_NOTHING, Letter, MailSink

from .mail_settings import change_server, use_server

MAIL = Mail("<1@v2v.example>", "office@v2v.example", "ana@school.example", b"Subject: x\r\n\r\nx")


def silent_at(stage: str) -> MailSink:
    def decide(at: str, letter: Letter) -> str | None:
        return SAY_NOTHING if at == stage else None

    return MailSink(answers=decide).start()


@pytest.mark.parametrize(
    ("stage", "error"),
    [("CONNECT", NotAcceptedError), ("RCPT", NotAcceptedError), ("DOT", UncertainError)],
)
def test_a_server_that_stalls_is_given_up_without_a_setting(
    settings: Any, monkeypatch: pytest.MonkeyPatch, stage: str, error: type[Exception]
) -> None:
    sink = silent_at(stage)
    use_server(settings, sink.port)
    change_server(settings, timeout=None)
    assert backends.default_backend().timeout == backends.PATIENCE
    monkeypatch.setattr(backends, "PATIENCE", 0.2)

    with pytest.raises(error), SmtpTransport().open() as channel:
        channel.deliver(MAIL)

    sink.close()


def test_the_timeout_of_the_site_stays(settings: Any) -> None:
    use_server(settings, 25)
    change_server(settings, timeout=7)

    assert backends.default_backend().timeout == 7
