"""What came back names readers: it is deleted after a month, and nothing of other people's is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from communication.newsletters.returns.jobs import MailboxReading

from .conftest import mail_about
from .imap_server import ImapServer

A_MONTH = timedelta(days=31)


def read(now: datetime | None = None) -> Any:
    return MailboxReading().run_due(now or timezone.now())


def get_old(server: ImapServer, *uids: int) -> None:
    """Lets mails have come long ago."""
    server.arrived.update(dict.fromkeys(uids, timezone.now() - A_MONTH))


def test_what_was_put_away_is_deleted_after_a_month(server: ImapServer, delivery: Any) -> None:
    old = server.add(mail_about("postfix"))
    read()
    new = server.add(mail_about("gmail"))
    read()
    assert set(server.put_away) == {old, new}
    get_old(server, old)

    result = read()

    assert (result.done, result.error) == (1, "")
    assert set(server.put_away) == {new}


def test_mails_of_people_stay_in_either_folder(server: ImapServer, delivery: Any) -> None:
    """They may have a folder of that name, and newsletters in it."""
    server.folders.add(b"Newsletters")
    theirs, answer = 7, server.add(mail_about("out-of-office"))
    server.put_away[theirs] = b"Subject: The newsletter of another school\r\n\r\nHello"
    server.marks[theirs] = {rb"\Seen", rb"\Deleted"}
    understood = server.add(mail_about("postfix"))
    read()
    get_old(server, theirs, answer, understood)

    read()

    assert set(server.put_away) == {theirs}
    assert set(server.mails) == {answer}


def test_where_nothing_can_be_moved_it_is_deleted_in_place(
    server: ImapServer, delivery: Any
) -> None:
    server.can_move = False
    old = server.add(mail_about("postfix"))
    answer = server.add(mail_about("out-of-office"))
    read()
    get_old(server, old, answer)

    read()

    assert set(server.mails) == {answer}


def test_a_server_that_deletes_nothing_singly_gets_marks_alone(
    server: ImapServer, delivery: Any
) -> None:
    """The command for all would delete what others have marked."""
    server.can_expunge = False
    old = server.add(mail_about("postfix"))
    read()
    get_old(server, old)

    assert [read().done, read().done] == [1, 0]

    assert rb"\Deleted" in server.marks[old]
    assert not any(b"EXPUNGE" in command for command in server.commands)


def test_it_is_looked_for_once_a_day(server: ImapServer, delivery: Any) -> None:
    job, now = MailboxReading(), timezone.now()
    for hours in (0, 1, 23, 25):
        job.run_due(now + timedelta(hours=hours))

    assert sum(b"KEYWORD" in command for command in server.commands) == 2


@pytest.mark.parametrize("verb", [b"EXPUNGE", b"STORE"])
def test_a_server_that_lets_nothing_be_deleted_is_read_all_the_same(
    server: ImapServer, delivery: Any, verb: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    old = server.add(mail_about("postfix"))
    read()
    get_old(server, old)
    server.refuses = {verb}
    server.add(mail_about("gmail"))

    result = read()

    assert (result.done, result.error) == (1, "")
    assert "Old mails cannot be deleted" in caplog.text
