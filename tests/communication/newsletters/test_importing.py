"""Moving in and out: files of our own and of Mailchimp's, as they come."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from communication.newsletters.enums import ImportOutcome, ImportState
from communication.newsletters.exchange.columns import FileKind
from communication.newsletters.exchange.guarding import guarded, unguarded
from communication.newsletters.exchange.reading import UnreadableFileError, read_file
from communication.newsletters.jobs import SubscriberImporting
from communication.newsletters.models import (
    ConsentEvent,
    SignUp,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from communication.newsletters.services.importing import (
    ImportReport,
    ImportTarget,
    import_subscribers,
)
from communication.newsletters.services.uploads import agree, upload
from communication.newsletters.transports.memory import outbox
from tests.newsletters import MailingListFactory, state_of, subscribed, suppressed

COMMON = [
    "Email Address", "First Name", "Last Name", "Address", "Phone Number", "Birthday",
    "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "LATITUDE",
    "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION",
]  # fmt: skip
END = ["LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"]
UNSUBSCRIBED = [
    "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER",
]  # fmt: skip
CLEANED = ["CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"]
MORE = {"subscribed": [], "unsubscribed": UNSUBSCRIBED, "cleaned": CLEANED}


def mailchimp(kind: str, *addresses: str) -> bytes:
    """Returns an export as Mailchimp writes it."""
    header = [*COMMON, *MORE[kind], *END]
    values = {
        "First Name": "Ana, María",
        "MEMBER_RATING": "4",
        "OPTIN_TIME": "2019-03-29 10:00:00",
        "OPTIN_IP": "198.51.100.1",
        "CONFIRM_TIME": "2019-03-29 10:05:00",
        "CONFIRM_IP": "198.51.100.2",
        "UNSUB_TIME": "2020-01-01 08:00:00",
        "CLEAN_TIME": "2020-01-01 08:00:00",
        "TAGS": '"teacher","Ayas"',
    }
    file = io.StringIO()
    writer = csv.DictWriter(file, header, restval="")
    writer.writeheader()
    for address in addresses:
        row = values | {"Email Address": address}
        writer.writerow({name: row.get(name, "") for name in header})
    return file.getvalue().encode()


def bring_in(content: bytes, mailing_list: Any, *, dry_run: bool = False) -> ImportReport:
    target = ImportTarget(mailing_list, "en", "Form on old.example")
    return import_subscribers(
        parsed=read_file(content), target=target, now=timezone.now(), dry_run=dry_run
    )


def numbers(report: ImportReport) -> dict[str, int]:
    return {outcome.value: number for outcome, number in report.counts.items() if number}


@pytest.mark.parametrize("kind", ["subscribed", "unsubscribed", "cleaned"])
def test_mailchimps_exports_are_known_by_their_columns(kind: str) -> None:
    parsed = read_file(mailchimp(kind, "Ana@School.example"))

    assert parsed.kind is FileKind(kind)
    assert [row.address for row in parsed.rows] == ["ana@school.example"]
    assert parsed.rows[0].evidence["optin_ip"] == "198.51.100.1"


def test_a_column_of_addresses_is_found_whatever_its_language() -> None:
    content = mailchimp("subscribed", "ana@school.example").replace(
        b"Email Address", b"Indirizzo e-mail"
    )

    assert read_file(content).rows[0].address == "ana@school.example"


def test_a_table_that_excel_saved_is_read_too() -> None:
    lines = mailchimp("subscribed", "ana@school.example").decode()
    rows = list(csv.reader(io.StringIO(lines)))
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows)

    assert len(read_file(file.getvalue().encode("utf-8-sig")).rows) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "columns"),
        (b"name,age\nana,3\n", "columns"),
        (b"PK\x03\x04\x00\x00", "no CSV"),
        ("Email Address,LEID\nana@škola.example,1\n".encode("cp1250"), "UTF-8"),
        (b"Name,LEID\nana,1\n", "No column"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read_file(content)


def test_subscribed_people_come_in_with_their_evidence(news: Any) -> None:
    report = bring_in(mailchimp("subscribed", "ana@school.example", "ben@school.example"), news)

    assert numbers(report) == {"added": 2}
    one = Subscription.objects.get(subscriber__address="ana@school.example")
    assert (one.state, one.confirmed_at) == ("confirmed", datetime(2019, 3, 29, 10, 5, tzinfo=UTC))
    assert one.evidence["confirm_ip"] == "198.51.100.2"
    event = ConsentEvent.objects.filter(hmac=one.subscriber.hmac).get()
    assert (event.action, event.source, event.note) == ("imported", "file", "Form on old.example")
    assert not SignUp.objects.exists()
    assert outbox == [], "Nobody gets a letter by an import."


def test_nobody_is_resubscribed_and_a_suppression_wins(news: Any) -> None:
    subscribed("left@school.example", news, ended=True)
    subscribed("asked@school.example", news, pending=True)
    subscribed("reads@school.example", news)
    suppressed("never@school.example")
    addresses = [f"{name}@school.example" for name in ("left", "asked", "reads", "never")]

    report = bring_in(mailchimp("subscribed", *addresses, "Reads@School.example"), news)

    assert numbers(report) == {"kept": 1, "pending": 1, "unchanged": 2, "left_out": 1}
    states = [state_of(address) for address in addresses]
    assert states == [
        {"news": "unsubscribed"}, {"news": "pending"}, {"news": "confirmed"}, {}
    ]  # fmt: skip


def test_unsubscribed_people_leave_and_are_remembered(news: Any) -> None:
    subscribed("reads@school.example", news)

    report = bring_in(mailchimp("unsubscribed", "reads@school.example", "old@school.example"), news)
    again = bring_in(mailchimp("subscribed", "old@school.example"), news)

    assert numbers(report) == {"ended": 1, "added": 1}
    assert numbers(again) == {"kept": 1}
    assert state_of("reads@school.example") == {"news": "unsubscribed"}


def test_cleaned_addresses_are_suppressed_and_not_kept(news: Any) -> None:
    subscribed("reads@school.example", news)

    report = bring_in(mailchimp("cleaned", "reads@school.example", "dead@school.example"), None)

    assert numbers(report) == {"suppressed": 2}
    assert set(Suppression.objects.values_list("reason", flat=True)) == {"bounced"}
    assert state_of("reads@school.example") == {"news": "unsubscribed"}
    assert not Subscriber.objects.filter(address="dead@school.example").exists()


def test_a_dry_run_says_the_same_and_writes_nothing(news: Any) -> None:
    subscribed("left@school.example", news, ended=True)
    content = mailchimp("subscribed", "left@school.example", "ana@school.example", "no address")

    rehearsal = bring_in(content, news, dry_run=True)
    assert Subscriber.objects.count() == 1
    real = bring_in(content, news)
    after = bring_in(content, news)

    assert rehearsal.as_json() == real.as_json()
    assert numbers(after) == {"kept": 1, "unchanged": 1}, "A second time changes nothing."
    assert [fault.line for fault in real.faults] == [4]
    assert "ana@" not in str(real.as_json()), "A report names nobody."


def test_our_own_export_brings_everything_back(news: Any, tmp_path: Path) -> None:
    visits = MailingListFactory(slug="visits")
    subscribed("ana@school.example", news, subscriber__locale="sq", evidence={"optin_ip": "x"})
    subscribed("ben@school.example", visits, pending=True)
    subscribed("=carl@school.example", news, ended=True)
    fields = ("subscriber__address", "subscriber__locale", "mailing_list__slug", "state",
              "requested_at", "confirmed_at", "unsubscribed_at", "evidence")  # fmt: skip
    before = list(Subscription.objects.order_by("pk").values(*fields))
    file = tmp_path / "subscribers.csv"

    call_command("export_subscribers", file, verbosity=0)
    assert "'=carl@school.example" in file.read_text("utf-8"), "No spreadsheet runs it."
    Subscriber.objects.all().delete()
    call_command("import_subscribers", file, "--consent-source=Our own", verbosity=0)

    assert list(Subscription.objects.order_by("pk").values(*fields)) == before


@pytest.mark.parametrize("text", ["=1+1", "+a@b.example", "-a", "@a", "plain", "'quoted"])
def test_guarding_can_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_an_unknown_list_is_a_fault_of_its_lines(news: Any) -> None:
    content = (
        b"address,list,state\nana@school.example,gone,confirmed\nben@school.example,news,confirmed\n"
        b"carl@school.example,,confirmed\ndan@school.example,news,happy\n"
    )

    report = bring_in(content, None)

    assert numbers(report) == {"added": 1}
    assert {fault.line for fault in report.faults} == {2, 4, 5}


def test_the_command_needs_list_and_source(news: Any, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(mailchimp("subscribed", "ana@school.example"))

    with pytest.raises(CommandError, match="consent-source"):
        call_command("import_subscribers", file, "--list=news")
    with pytest.raises(CommandError, match="There are: news"):
        call_command("import_subscribers", file, "--list=other", "--consent-source=Form")
    with pytest.raises(CommandError, match="Choose the list"):
        call_command("import_subscribers", file, "--consent-source=Form")
    assert not Subscriber.objects.exists()


def uploaded(content: bytes, news: Any) -> SubscriberImport:
    return upload(
        content=content, file_name="a.csv", mailing_list=news, locale="en", consent_source="Form",
        user=None,
    )  # fmt: skip


def run_importing() -> None:
    SubscriberImporting().run_due(timezone.now())


def test_a_worker_compares_and_writes_after_somebody_agreed(news: Any) -> None:
    file = uploaded(mailchimp("subscribed", "ana@school.example"), news)

    run_importing()
    file.refresh_from_db()
    assert (file.state, file.done, file.total) == (ImportState.COMPARED, 1, 1)
    assert file.difference["counts"]["added"] == 1
    assert not Subscriber.objects.exists()
    assert agree(upload=file)
    run_importing()
    file.refresh_from_db()

    assert (file.state, bytes(file.content)) == (ImportState.WRITTEN, b"")
    assert state_of("ana@school.example") == {"news": "confirmed"}


def test_what_was_written_before_a_crash_is_found_unchanged(
    news: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [f"reader{number}@school.example" for number in range(700)]
    file = uploaded(mailchimp("subscribed", *addresses), news)
    run_importing()
    file.refresh_from_db()
    agree(upload=file)

    def stop(_upload: Any, done: int, _total: int) -> None:
        if done == 600:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("communication.newsletters.services.uploads._note", stop)
        with pytest.raises(KeyboardInterrupt):
            run_importing()
    assert Subscriber.objects.count() == 600
    SubscriberImport.objects.update(next_attempt_at=timezone.now())
    run_importing()

    assert Subscriber.objects.count() == ConsentEvent.objects.count() == 700
    assert ModelLogEntry.objects.get(action="newsletters.import").data["number"] == 700


def test_the_number_of_queries_grows_with_batches_not_with_rows(
    news: Any, django_assert_max_num_queries: Any
) -> None:
    content = mailchimp("subscribed", *(f"r{number}@school.example" for number in range(250)))

    with django_assert_max_num_queries(20):
        bring_in(content, news)


def test_every_outcome_has_a_name_for_people() -> None:
    assert all(outcome.label for outcome in ImportOutcome)
