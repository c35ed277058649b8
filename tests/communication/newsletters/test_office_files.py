"""Files of subscribers in the admin: looked at before they are written, and taken away."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import User
from communication.newsletters.jobs import SubscriberImporting
from communication.newsletters.models import SubscriberImport, Suppression
from tests.newsletters import ADDRESS, MailingListFactory, state_of, subscribed, suppressed

from .office import FILES, path, someone
from .test_importing import mailchimp


def test_an_export_is_a_file_that_nobody_keeps(news: Any) -> None:
    subscribed(ADDRESS, news)

    answer = someone("export_subscriber").get(path(f"{FILES}:export"))

    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("address,language,list,state")
    assert lines[1].startswith(f"{ADDRESS},en,news,confirmed")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_is_looked_at_before_it_is_written(news: Any) -> None:
    suppressed("never@school.example")
    office = someone("import_subscriber")
    content = mailchimp("subscribed", ADDRESS, "never@school.example", "no address")
    file = SimpleUploadedFile("subscribed.csv", content)
    form = {"file": file, "mailing_list": news.pk, "locale": "en", "consent_source": "Old form"}

    sent = office.post(path(f"{FILES}:list"), form)
    page = office.get(sent["Location"]).content.decode()
    assert "Show how far it is" in page
    SubscriberImporting().run_due(timezone.now())
    page = office.get(sent["Location"]).content.decode()
    assert "a•••@school.example" in page
    assert "This is no mail address." in page
    assert "Write all of this" in page
    assert state_of() == {}
    office.post(sent["Location"], {"agree": ""})
    SubscriberImporting().run_due(timezone.now())

    assert state_of() == {"news": "confirmed"}
    assert "All of this is written." in office.get(sent["Location"]).content.decode()
    entry = ModelLogEntry.objects.get(action="newsletters.import")
    assert (entry.label, entry.data) == ("News", {"number": 1, "source": "Old form"})
    assert entry.user == User.objects.get()
    assert "rows that changed something: 1; consent: Old form" in entry.message


@pytest.mark.parametrize(
    ("content", "lists"),
    [
        (f"address,list,state\n{ADDRESS},news,confirmed\n".encode(), ["News"]),
        (mailchimp("cleaned", ADDRESS), ["News", "Other"]),
    ],
    ids=["of one list", "dead addresses"],
)
def test_an_import_at_the_server_is_remembered_by_the_lists_that_it_is_about(
    news: Any, tmp_path: Path, content: bytes, lists: list[str]
) -> None:
    MailingListFactory(slug="other", name="Other")
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    for options in (["--dry-run"], []):
        call_command("import_subscribers", file, "--consent-source=Old form", *options, verbosity=0)

    entries = ModelLogEntry.objects.filter(action="newsletters.import")
    assert sorted(entry.label for entry in entries) == lists
    assert all(entry.data == {"number": 1, "source": "Old form"} for entry in entries)
    assert ADDRESS not in str(list(entries.values()))


@pytest.mark.parametrize(
    ("content", "fields", "message"),
    [
        (b"name\nana\n", {}, "These columns are not known"),
        (mailchimp("subscribed", ADDRESS), {"consent_source": ""}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    news: Any, content: bytes, fields: dict[str, str], message: str
) -> None:
    form = {"file": SimpleUploadedFile("a.csv", content), "mailing_list": news.pk, "locale": "en"}
    form |= {"consent_source": "Old form", **fields}

    answer = someone("import_subscriber").post(path(f"{FILES}:list"), form)

    assert message in answer.content.decode()
    assert not SubscriberImport.objects.exists()


def test_an_import_can_be_discarded(news: Any) -> None:
    office = someone("import_subscriber")
    file = SimpleUploadedFile("a.csv", mailchimp("cleaned", ADDRESS))
    sent = office.post(path(f"{FILES}:list"), {"file": file, "locale": "en", "consent_source": "x"})
    SubscriberImporting().run_due(timezone.now())

    office.post(sent["Location"], {"discard": ""})

    assert not SubscriberImport.objects.exists()
    assert not Suppression.objects.exists()
