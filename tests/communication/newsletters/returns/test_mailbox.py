"""The worker reads the mailbox to which mails come back, and nobody gets an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from communication.newsletters.checks import check_mailbox
from communication.newsletters.enums import AfterState, SuppressionReason
from communication.newsletters.models import ConsentEvent, Suppression
from communication.newsletters.returns import bounces_are_measured, unsubscribe_mailto
from communication.newsletters.returns.folder import BEGINNING, LARGEST, read_address
from communication.newsletters.returns.jobs import MailboxReading
from communication.newsletters.subscribers.addresses import address_hmac
from communication.newsletters.transports.memory import outbox
from tests.newsletters import ADDRESS, state_of

from .conftest import mail_about
from .imap_server import ImapServer


def test_a_bounce_ends_the_address_and_is_put_away(server: ImapServer, delivery: Any) -> None:
    uid = server.add(mail_about("postfix"))

    result = MailboxReading().run_due(timezone.now())

    delivery.refresh_from_db()
    assert (result.done, result.failed) == (1, 0)
    assert delivery.after_state == AfterState.BOUNCED
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED
    assert state_of() == {"news": "unsubscribed"}
    assert (list(server.put_away), server.mails) == ([uid], {})
    assert outbox == []


def test_mails_for_people_stay_as_they_are(server: ImapServer, delivery: Any) -> None:
    for name in ("out-of-office", "qmail", "not-spam"):
        server.add(mail_about(name))
    server.add(mail_about("postfix", message_id="<somebody-elses@mail.example>"))

    assert MailboxReading().run_due(timezone.now()).done == 0

    assert len(server.mails) == 4
    assert (server.put_away, server.seen) == ({}, set())
    assert not Suppression.objects.exists()


def test_a_farewell_by_mail_ends_one_subscription(server: ImapServer, subscription: Any) -> None:
    server.add(mail_about("farewell", token=subscription.token))

    MailboxReading().run_due(timezone.now())

    assert state_of() == {"news": "unsubscribed"}
    assert ConsentEvent.objects.get().source == "one_click"
    assert len(server.put_away) == 1


def test_a_farewell_with_a_token_of_nobody_is_left_to_people(
    server: ImapServer, subscription: Any
) -> None:
    server.add(mail_about("farewell", token="A" * 32))

    MailboxReading().run_due(timezone.now())

    assert state_of() == {"news": "confirmed"}
    assert len(server.mails) == 1


def test_mails_are_read_a_few_at_a_time_and_each_once(server: ImapServer, delivery: Any) -> None:
    for _number in range(45):
        server.add(mail_about("out-of-office"))
    job, now = MailboxReading(), timezone.now()

    steps = [job.run_due(now) for _step in range(4)]

    assert [step.next_due_at == now for step in steps] == [True, True, False, False]
    assert server.fetched() == list(range(1, 46))
    job.run_due(now + timedelta(minutes=6))
    assert len(server.fetched()) == 45


def test_a_folder_that_was_made_anew_is_read_from_its_beginning(
    server: ImapServer, delivery: Any
) -> None:
    server.add(mail_about("out-of-office"))
    job, now = MailboxReading(), timezone.now()
    job.run_due(now)
    server.validity, server.mails = 2, {1: mail_about("postfix")}

    assert job.run_due(now + timedelta(minutes=6)).done == 1


def test_a_server_that_cannot_move_marks_what_was_understood(
    server: ImapServer, delivery: Any
) -> None:
    server.can_move = False
    uid = server.add(mail_about("postfix"))

    for _worker in range(2):
        MailboxReading().run_due(timezone.now())

    assert server.seen == {uid}
    assert delivery.events.count() == 1


@pytest.mark.parametrize("refused", [{b"CREATE"}, {b"MOVE", b"STORE"}])
def test_a_mailbox_that_cannot_be_changed_is_read_all_the_same(
    server: ImapServer, delivery: Any, refused: set[bytes]
) -> None:
    server.refuses = refused
    server.add(mail_about("postfix"))

    result = MailboxReading().run_due(timezone.now())

    assert (result.done, result.error) == (1, "")


def test_of_a_long_mail_only_the_beginning_is_asked_for(server: ImapServer, delivery: Any) -> None:
    server.add(mail_about("postfix") + b"x" * 3 * BEGINNING)

    assert MailboxReading().run_due(timezone.now()).done == 1
    assert any(f"<0.{BEGINNING}>".encode() in line for line in server.commands)


def test_a_huge_mail_is_left_alone_with_a_note_and_the_next_is_read(
    server: ImapServer, delivery: Any, caplog: pytest.LogCaptureFixture
) -> None:
    huge = server.add(mail_about("postfix"))
    server.sizes[huge] = LARGEST + 1
    server.add(mail_about("gmail"))

    assert MailboxReading().run_due(timezone.now()).done == 1

    assert list(server.mails) == [huge]
    assert f"Mail {huge} of the mailbox for bounces is too large" in caplog.text


def test_hostile_bytes_hold_up_nothing(server: ImapServer, delivery: Any) -> None:
    server.add(b"")
    server.add(b"Content-Type: message/rfc822\r\n\r\n" * 3_000)
    server.add(
        b"Subject: =?x?b?=?=\r\nContent-Type: multipart/report; report-type*=%ff''\xff\r\n\r\n\x00"
    )
    server.add(mail_about("postfix"))

    assert MailboxReading().run_due(timezone.now()).done == 1


@pytest.mark.parametrize("verb", [b"LOGIN", b"SELECT", b"SEARCH", b"FETCH"])
def test_what_the_server_refuses_is_reported_without_its_words(
    server: ImapServer, delivery: Any, verb: bytes
) -> None:
    server.add(mail_about("postfix"))
    server.refuses = {verb}
    now = timezone.now()

    result = MailboxReading().run_due(now)

    assert result.failed == 1
    assert result.error
    assert "not today" not in result.error
    assert result.next_due_at == now + timedelta(minutes=5)


@pytest.mark.parametrize("verb", [b"LOGIN", b"SEARCH", b"FETCH", b"MOVE"])
def test_a_lost_connection_loses_no_mail(server: ImapServer, delivery: Any, verb: bytes) -> None:
    server.add(mail_about("postfix"))
    server.hangs_up_at = verb
    job, now = MailboxReading(), timezone.now()

    assert job.run_due(now).failed == 1
    server.hangs_up_at = b""
    assert job.run_due(now + timedelta(minutes=6)).done == 1

    assert len(server.put_away) == 1
    assert delivery.events.count() == 1


def test_nobody_listening_is_an_error_of_the_job_alone(server: ImapServer, db: None) -> None:
    server.close()

    result = MailboxReading().run_due(timezone.now())

    assert (result.failed, result.error) == (1, "ConnectionRefusedError")


def test_a_copy_of_the_database_does_not_take_mails_away() -> None:
    assert MailboxReading().sends


def test_without_a_mailbox_nothing_is_read_and_no_mailto_is_offered(settings: Any) -> None:
    settings.V2V_BOUNCE_MAILBOX = ""

    assert MailboxReading().run_due(timezone.now()).done == 0
    assert not bounces_are_measured()
    assert unsubscribe_mailto("x" * 32) == ""


def test_with_a_mailbox_bounces_are_measured_and_farewells_go_to_the_sender(settings: Any) -> None:
    settings.V2V_BOUNCE_MAILBOX = "imaps://office:secret@mail.v2v.example"
    settings.DEFAULT_FROM_EMAIL = "V2V <office@v2v.example>"

    assert bounces_are_measured()
    assert unsubscribe_mailto("t-o_k") == "mailto:office@v2v.example?subject=unsubscribe%20t-o_k"


def test_an_address_of_a_mailbox_is_read_in_all_its_parts() -> None:
    address = read_address("imaps://office%40v2v.example:p%2Fw@mail.v2v.example:9993/Bounces%20x")

    assert (address.host, address.port, address.folder) == ("mail.v2v.example", 9993, "Bounces x")
    assert (address.user, address.password) == ("office@v2v.example", "p/w")
    assert read_address("imaps://u:p@mail.v2v.example").folder == "INBOX"
    assert read_address("imaps://u:p@mail.v2v.example").port == 993


@pytest.mark.parametrize(
    "url", ["mail.v2v.example", "pop3://u:secret@mail", "imaps://mail", "imaps://u:secret@m:port"]
)
def test_a_wrong_address_of_a_mailbox_is_told_without_its_password(settings: Any, url: str) -> None:
    settings.V2V_BOUNCE_MAILBOX = url

    [error] = check_mailbox(None)

    assert error.id == "v2v.E024"
    assert "secret" not in error.msg
    with pytest.raises(ImproperlyConfigured):
        read_address(url)


def test_a_mailbox_that_no_job_reads_is_told(settings: Any) -> None:
    settings.V2V_BOUNCE_MAILBOX = "imaps://u:p@mail.v2v.example"
    assert check_mailbox(None) == []

    settings.V2V_WORKER_JOBS = []

    assert [error.id for error in check_mailbox(None)] == ["v2v.E024"]


def test_the_address_of_a_bounce_is_the_one_that_was_written_to(
    server: ImapServer, delivery: Any
) -> None:
    server.add(mail_about("postfix").replace(ADDRESS.encode(), b"other@school.example"))

    MailboxReading().run_due(timezone.now())

    assert Suppression.objects.get().hmac == address_hmac(ADDRESS)
