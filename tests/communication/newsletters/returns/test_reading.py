"""What mails of programs say: bounces, complaints, farewells, and all the others."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication.newsletters.enums import DeliveryEventKind, SuppressionReason
from communication.newsletters.returns.reading import read
from communication.newsletters.returns.reports import Farewell, ReturnedMail, is_about_the_address

from .conftest import MAILS, MESSAGE_ID, mail_about

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOKEN = "Yk3v9_Q2-aBcDeFgHiJkLmNoPqRsTuVw"
NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))


@pytest.mark.parametrize(
    ("name", "kind", "code", "suppression"),
    [
        ("postfix", "bounced", "5.1.1", SuppressionReason.BOUNCED),
        ("postfix-delayed", "deferred", "4.4.1", None),
        ("exchange", "bounced", "5.1.10", SuppressionReason.BOUNCED),
        ("gmail", "bounced", "5.2.1", SuppressionReason.BOUNCED),
        ("exim", "bounced", "5.7.1", None),
        ("full-mailbox", "bounced", "4.2.2", None),
        ("abuse", "complained", "", SuppressionReason.COMPLAINED),
        ("opt-out", "unsubscribed", "", None),
    ],
)
def test_reports_of_servers_are_understood(
    name: str, kind: str, code: str, suppression: Any
) -> None:
    said = read(mail_about(name), now=NOW)

    assert isinstance(said, ReturnedMail)
    assert said.message_id == MESSAGE_ID
    assert said.report.kind == DeliveryEventKind(kind)
    assert (said.report.code, said.report.suppression) == (code, suppression)
    assert said.report.happened_at.date().isoformat() == "2026-11-23"


@pytest.mark.parametrize("name", ["qmail", "out-of-office", "not-spam"])
def test_what_follows_no_standard_or_is_about_nothing_is_left_to_people(name: str) -> None:
    assert read(mail_about(name), now=NOW) is None


def test_the_same_report_has_the_same_id_however_often_it_is_read() -> None:
    first, second = (read(mail_about("postfix"), now=NOW) for _time in range(2))
    other = read(mail_about("gmail"), now=NOW)

    assert isinstance(first, ReturnedMail)
    assert isinstance(other, ReturnedMail)
    assert first == second
    assert first.report.event_id != other.report.event_id


def test_the_beginning_of_a_large_report_is_enough() -> None:
    whole = mail_about("postfix")
    end_of_headers = whole.index(b"Subject: News in November")

    assert isinstance(read(whole[:end_of_headers], now=NOW), ReturnedMail)


def test_a_report_without_an_action_is_judged_by_its_status() -> None:
    said = read(mail_about("postfix").replace(b"Action: failed\r\n", b""), now=NOW)

    assert isinstance(said, ReturnedMail)
    assert said.report.kind == DeliveryEventKind.BOUNCED


@pytest.mark.parametrize("date", [b"yesterday", b"Mon, 99 Nov 99999 99:99:99 +9999", b""])
def test_a_report_of_no_date_is_of_now(date: bytes) -> None:
    mail = mail_about("postfix")
    said = read(
        mail.replace(b"Date: Mon, 23 Nov 2026 09:15:02 +0100 (CET)", b"Date: " + date), now=NOW
    )

    assert isinstance(said, ReturnedMail)
    assert said.report.happened_at == NOW


def test_a_report_from_the_future_is_of_now() -> None:
    said = read(mail_about("gmail"), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert isinstance(said, ReturnedMail)
    assert said.report.happened_at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "headers",
    [
        f"To: office@v2v.example\r\nSubject: unsubscribe {TOKEN}",
        f"To: office@v2v.example\r\nSubject: Re: Unsubscribe {TOKEN}",
        f"To: office@v2v.example\r\nSubject: unsubscribe\r\n {TOKEN}",
        f"To: office+unsubscribe-{TOKEN}@v2v.example\r\nSubject:",
    ],
)
def test_a_farewell_names_its_token_in_subject_or_address(headers: str) -> None:
    assert read(f"{headers}\r\n\r\n".encode(), now=NOW) == Farewell(TOKEN)


@pytest.mark.parametrize("subject", ["unsubscribe", "unsubscribe me please", f"x{TOKEN}"])
def test_a_farewell_without_a_token_is_left_to_people(subject: str) -> None:
    assert read(f"Subject: {subject}\r\n\r\n".encode(), now=NOW) is None


@pytest.mark.parametrize(
    ("code", "is_dead"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.0.0", True),
        ("5.5.0", True),
        ("5.4.1", True),
        ("5.1.8", False),
        ("5.2.2", False),
        ("5.3.4", False),
        ("5.4.7", False),
        ("5.7.26", False),
        ("4.1.1", False),
        ("", False),
    ],
)
def test_codes_that_are_not_about_the_address_do_not_end_it(code: str, *, is_dead: bool) -> None:
    assert is_about_the_address(code) is is_dead


@pytest.mark.parametrize(
    "level",
    [
        b"Content-Type: message/rfc822\r\n\r\n",
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n',
    ],
)
def test_mails_within_mails_without_end_are_left_alone(level: bytes) -> None:
    levels = [level.replace(b"%d", str(number).encode()) for number in range(4_000)]

    assert read(b"".join(levels), now=NOW) is None
    assert read(b"".join(levels[:99]), now=NOW) is None


@given(st.binary(max_size=2_000))
def test_no_bytes_at_all_do_harm(content: bytes) -> None:
    assert isinstance(read(content, now=NOW), ReturnedMail | Farewell | None)


@given(
    name=st.sampled_from(NAMES),
    cuts=st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=12)), max_size=8),
    ends_at=st.integers(0, 5_000),
)
def test_damaged_reports_do_no_harm_and_name_no_other_mail(
    name: str, cuts: list[tuple[int, bytes]], ends_at: int
) -> None:
    content = bytearray(mail_about(name, token=TOKEN))
    for place, noise in cuts:
        content[place : place + len(noise)] = noise

    said = read(bytes(content[:ends_at]), now=NOW)

    if isinstance(said, ReturnedMail):
        assert said.message_id.startswith("<")
        assert len(said.report.code) <= 11
        assert len(said.report.event_id) <= 255
        assert said.report.happened_at <= NOW
