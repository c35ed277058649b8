"""How letters leave: by SMTP as it is in the world, or into files to look at."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from communication.newsletters.jobs import SignUpAnswering
from communication.newsletters.models import SignUp
from communication.newsletters.services.answering import claim_sign_up
from communication.newsletters.transports import Transport, load_transport
from communication.newsletters.transports.files import FileTransport
from communication.newsletters.transports.memory import MemoryTransport
from communication.newsletters.transports.smtp import SmtpTransport
from communication.newsletters.wire.mails import Mail, NotAcceptedError, UncertainError
from tests.newsletters import ADDRESS, run_answers, send_form

from .mail_settings import use_server

SMTP = "communication.newsletters.transports.smtp.SmtpTransport"
FILES = "communication.newsletters.transports.files.FileTransport"
MAIL = Mail("<1@v2v.example>", "office@v2v.example", ADDRESS, b"Subject: x\r\n\r\n.\r\nHello\r\n")


class Server(threading.Thread):
    """A mail server that gives one answer of its choice instead of the usual one."""

    def __init__(self, at: str = "", answer: str = "") -> None:
        super().__init__(daemon=True)
        self.at, self.answer = at, answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.lines: list[bytes] = []
        self.received: list[bytes] = []

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", buffering=0) as file:
                self._talk(file)

    def close(self) -> None:
        """Wakes the thread that waits for a connection, and lets nobody in any more."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _talk(self, file: Any) -> None:
        self._say(file, "CONNECT", "220 ready")
        while line := file.readline():
            self.lines.append(line)
            verb = line.split()[0].decode().upper()
            if verb == "QUIT":
                self._say(file, verb, "221 bye")
                return
            if not self._say(file, verb, "354 go on" if verb == "DATA" else "250 ok"):
                return
            if verb == "DATA" and self.at != "DATA":
                content = b""
                while not content.endswith(b"\r\n.\r\n"):
                    content += file.readline()
                self.received.append(content)
                if not self._say(file, "DOT", "250 taken"):
                    return

    def _say(self, file: Any, verb: str, usual: str) -> bool:
        answer = self.answer if verb == self.at else usual
        if answer:
            file.write(f"{answer}\r\n".encode())
        return bool(answer)


@pytest.fixture
def serve(settings: Any) -> Iterator[Any]:
    """Starts a server that Django's mail settings name."""
    servers = []

    def start(at: str = "", answer: str = "") -> Server:
        server = Server(at, answer)
        server.start()
        servers.append(server)
        use_server(settings, server.port)
        return server

    yield start
    for server in servers:
        server.close()


def deliver(mail: Mail = MAIL) -> None:
    with SmtpTransport().open() as channel:
        channel.deliver(mail)


def test_a_mail_arrives_as_it_was_built(serve: Any) -> None:
    server = serve()

    deliver()

    assert server.received == [b"Subject: x\r\n\r\n..\r\nHello\r\n.\r\n"]
    envelope = [line for line in server.lines if line[:4] in {b"mail", b"MAIL", b"rcpt", b"RCPT"}]
    assert b"office@v2v.example" in envelope[0]
    assert ADDRESS.encode() in envelope[1]


@pytest.mark.parametrize(
    ("at", "answer", "code", "is_permanent"),
    [
        ("RCPT", f"550 5.1.1 {ADDRESS} is unknown", "550", True),
        ("RCPT", "451 4.7.1 try later", "451", False),
        ("MAIL", "550 5.7.1 not you", "550", True),
        ("DATA", "452 4.3.1 full", "452", False),
        ("DOT", "554 5.7.1 spam", "554", True),
        ("DOT", "451 4.3.0 later", "451", False),
        ("CONNECT", "421 busy", "421", False),
        ("RCPT", "", "SMTPServerDisconnected", False),
        ("DATA", "", "SMTPServerDisconnected", False),
    ],
)
def test_what_is_not_taken_says_why_without_the_address(
    serve: Any, at: str, answer: str, code: str, is_permanent: bool
) -> None:
    serve(at, answer)

    with pytest.raises(NotAcceptedError) as caught:
        deliver()

    assert (caught.value.code, caught.value.is_permanent) == (code, is_permanent)
    assert ADDRESS not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_connection_that_is_lost_after_the_last_dot_leaves_it_open(serve: Any) -> None:
    server = serve("DOT", "")

    with pytest.raises(UncertainError):
        deliver()

    assert len(server.received) == 1


def test_after_a_refusal_the_next_mail_goes_over_the_same_connection(serve: Any) -> None:
    server = serve("RCPT", "550 5.1.1 no")
    with SmtpTransport().open() as channel:
        with pytest.raises(NotAcceptedError):
            channel.deliver(MAIL)
        server.at = ""
        channel.deliver(MAIL)

    assert len(server.received) == 1


def test_nobody_listening_is_no_verdict_on_the_mail(serve: Any) -> None:
    server = serve()
    server.close()

    with pytest.raises(NotAcceptedError) as caught:
        deliver()

    assert not caught.value.is_permanent


def test_a_site_that_sends_otherwise_is_told_what_to_set() -> None:
    with pytest.raises(ImproperlyConfigured, match="V2V_MAIL_TRANSPORT"):
        deliver()


@pytest.mark.parametrize(
    ("name", "message"),
    [("no.such.Transport", "cannot be imported"), ("builtins.dict", "no transport")],
)
def test_a_wrong_name_of_a_transport_is_named(settings: Any, name: str, message: str) -> None:
    settings.V2V_MAIL_TRANSPORT = name

    with pytest.raises(ImproperlyConfigured, match=message):
        load_transport()


def test_the_file_transport_wants_a_folder(settings: Any) -> None:
    settings.V2V_MAIL_TRANSPORT, settings.V2V_MAIL_FOLDER = FILES, None

    with pytest.raises(ImproperlyConfigured, match="V2V_MAIL_FOLDER"):
        load_transport()


@pytest.mark.parametrize("kind", [SmtpTransport, MemoryTransport])
def test_transports_keep_to_the_protocol(kind: Any) -> None:
    assert isinstance(kind(), Transport)
    assert kind().forget("nobody@school.example") == 0


def test_files_hold_one_mail_each_for_their_owner_alone(settings: Any, tmp_path: Path) -> None:
    settings.V2V_MAIL_FOLDER = tmp_path / "mails"
    transport = FileTransport()
    message = b"To: ana@school.example\r\nSubject: Hello\r\nContent-Language: sq\r\n\r\nText\r\n"
    mail = Mail("<1@x>", "office@v2v.example", ADDRESS, message)

    with transport.open() as channel:
        channel.deliver(mail)
        channel.deliver(mail)

    [stored] = transport.stored()
    assert (stored.subject, stored.recipient, stored.language) == ("Hello", ADDRESS, "sq")
    assert ADDRESS not in stored.name
    assert transport.folder.stat().st_mode & 0o077 == 0
    assert transport.named("../secret-key") is None
    assert transport.forget("other@school.example") == 0
    assert transport.forget(ADDRESS) == 1
    assert transport.stored() == []


def step() -> Any:
    return SignUpAnswering().run_due(timezone.now())


def test_a_letter_that_is_put_off_is_tried_again_and_counts_once(
    client: Client, news: Any, settings: Any, serve: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.V2V_MAIL_TRANSPORT = SMTP
    server = serve("RCPT", f"451 4.7.1 {ADDRESS} try later")
    send_form(client)

    result = step()
    assert (result.failed, result.error) == (1, f"{SignUp.objects.get()}: 451")
    assert step().next_due_at > timezone.now()
    server.at = ""
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert step().done == 1

    assert len(server.received) == 1
    assert SignUp.objects.get().address == ""
    assert "school.example" not in caplog.text


def test_a_letter_that_is_refused_for_good_is_given_up(
    client: Client, news: Any, settings: Any, serve: Any
) -> None:
    settings.V2V_MAIL_TRANSPORT = SMTP
    serve("RCPT", "550 5.1.1 no such user")
    send_form(client)

    assert step().failed == 1

    sign_up = SignUp.objects.get()
    assert (sign_up.address, sign_up.next_attempt_at) == ("", None)


def test_a_letter_that_may_have_arrived_is_not_sent_twice(
    client: Client, news: Any, settings: Any, serve: Any
) -> None:
    settings.V2V_MAIL_TRANSPORT = SMTP
    serve("DOT", "")
    send_form(client)

    assert step().failed == 0
    assert SignUp.objects.get().next_attempt_at is None


def test_a_server_that_is_down_for_a_day_loses_the_letter_and_its_address(
    client: Client, news: Any, settings: Any, serve: Any
) -> None:
    settings.V2V_MAIL_TRANSPORT = SMTP
    serve("RCPT", "451 later")
    send_form(client)

    with time_machine.travel(timezone.now(), tick=False) as moment:
        tries = 0
        while SignUp.objects.get().next_attempt_at:
            tries += step().failed
            moment.shift(timedelta(minutes=10))

    assert tries == 7
    assert SignUp.objects.get().address == ""


def test_a_letter_of_a_killed_worker_is_taken_up_by_another(client: Client, news: Any) -> None:
    send_form(client)
    assert claim_sign_up(now=timezone.now())
    assert run_answers() == [], "It is claimed."

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert len(run_answers()) == 1
