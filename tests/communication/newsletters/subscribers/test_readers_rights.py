"""What subscribers do with their own data by the links in their letters."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from communication.newsletters.enums import ImportState
from communication.newsletters.models import (
    ConsentEvent,
    Delivery,
    DeliveryEvent,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from communication.newsletters.services.uploads import upload
from communication.newsletters.subscribers.links import preferences_token
from tests.dispatches import COMPOSER, scheduled_dispatch, send
from tests.newsletters import (
    ADDRESS,
    MailingListFactory,
    link_in,
    rows_of,
    run_answers,
    send_form,
    stamp_of,
    state_of,
    subscribed,
    suppressed,
)

APP = "communication_newsletters"


def test_lists_and_language_can_be_changed(client: Client, preferences: str) -> None:
    MailingListFactory(slug="visits")
    page = client.get(preferences).content.decode()
    assert "a•••@school.example" in page
    assert ADDRESS not in page

    sent = {"lists": ["visits"], "language": "sq", "stamp": stamp_of(client, preferences)}
    assert "Saved." in client.post(preferences, sent).content.decode()

    assert state_of() == {"news": "unsubscribed", "visits": "confirmed"}
    assert Subscriber.objects.get().locale == "sq"
    events = ConsentEvent.objects.order_by("pk").values_list("action", "source")
    assert list(events) == [("unsubscribed", "preferences"), ("confirmed", "preferences")]


def test_the_last_list_can_be_left(client: Client, preferences: str) -> None:
    client.post(preferences, {"language": "en", "stamp": stamp_of(client, preferences)})

    assert state_of() == {"news": "unsubscribed"}


def test_a_closed_list_is_kept_by_whoever_reads_it(
    client: Client, preferences: str, news: Any
) -> None:
    news.is_open = False
    news.save()

    sent = {"lists": ["news"], "language": "sq", "stamp": stamp_of(client, preferences)}
    client.post(preferences, sent)

    assert state_of() == {"news": "confirmed"}


def test_an_old_page_saves_nothing_and_says_so(client: Client, preferences: str) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        old = stamp_of(client, preferences)

    answer = client.post(preferences, {"language": "sq", "stamp": old})

    assert "nothing was saved" in answer.content.decode()
    assert state_of() == {"news": "confirmed"}


def test_a_suppressed_address_can_leave_but_not_come_back(
    client: Client, preferences: str, news: Any
) -> None:
    suppressed(ADDRESS)
    stamp = stamp_of(client, preferences)
    client.post(preferences, {"language": "en", "stamp": stamp})
    client.post(preferences, {"lists": ["news"], "language": "en", "stamp": stamp})

    assert state_of() == {"news": "unsubscribed"}


def test_an_export_holds_everything(client: Client, news: Any) -> None:
    send_form(client)
    [letter] = run_answers()
    client.post(link_in(letter))
    Subscription.objects.update(evidence={"optin_ip": "198.51.100.1"})
    token = preferences_token(Subscriber.objects.get().uuid)

    answer = client.get(f"/en/subscriptions/preferences/{token}/data.json")

    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="newsletters.json"'
    assert (data["address"], data["language"]) == (ADDRESS, "en")
    [subscription] = data["subscriptions"]
    assert (subscription["list"], subscription["state"]) == ("news", "confirmed")
    assert subscription["evidence"] == {"optin_ip": "198.51.100.1"}
    assert [event["what"] for event in data["consents"]] == ["requested", "confirmed"]
    assert "I agree to receive" in data["consents"][0]["text"]
    assert len(data["forms"]) == 1
    assert (data["mails"], data["suppressed"]) == ([], [])


def test_an_export_names_the_mails_and_what_became_of_them(
    client: Client, preferences: str, news: Any, settings: Any
) -> None:
    settings.V2V_ISSUE_COMPOSER = COMPOSER
    subscribed("other@school.example", news)
    send(scheduled_dispatch(news))
    delivery = Delivery.objects.get(address=ADDRESS)
    now = timezone.now()
    DeliveryEvent.objects.create(
        delivery=delivery, event_id="1", kind="bounced", happened_at=now, code="5.2.2"
    )
    suppressed(ADDRESS)

    data = json.loads(client.get(f"{preferences}data.json").content)

    [mail] = data["mails"]
    assert delivery.finished_at is not None
    assert (mail["subject"], mail["language"]) == ("News in November", "en")
    assert (mail["state"], mail["finished_at"]) == ("accepted", delivery.finished_at.isoformat())
    assert mail["events"] == [{"happened_at": now.isoformat(), "what": "bounced", "code": "5.2.2"}]
    assert [each["reason"] for each in data["suppressed"]] == ["requested"]


TOLD = {
    "Subscriber": {"address", "locale", "created_at"},
    "Subscription": {
        "mailing_list", "state", "requested_at", "confirmed_at", "unsubscribed_at", "evidence",
    },
    "ConsentEvent": {"mailing_list", "action", "source", "text", "note", "happened_at"},
    "SignUp": {"address", "locale", "source", "created_at"},
    "Suppression": {"reason", "created_at"},
    "Delivery": {
        "variant", "state", "created_at", "first_attempt_at", "finished_at", "smtp_code",
        "enhanced_code", "skip_reason", "after_state", "address", "left_at",
    },
    "DeliveryEvent": {"kind", "happened_at", "code"},
}  # fmt: skip
INNER = {
    "Subscriber": {"id", "uuid", "hmac"},
    "Subscription": {"id", "subscriber", "token", "consent_text"},
    "ConsentEvent": {"id", "hmac"},
    "SignUp": {
        "id", "uuid", "purpose", "hmac", "mailbox_hash", "domain_hash", "network_hash", "lists",
        "consent_text", "attempts", "next_attempt_at", "mailed_at",
    },
    "Suppression": {"id", "hmac"},
    "Delivery": {
        "id", "dispatch", "subscriber", "subscription", "address_hmac", "message_id", "token",
        "leased_until", "attempts", "next_attempt_at", "last_error", "frozen_at",
    },
    "DeliveryEvent": {"id", "delivery", "event_id", "received_at"},
}  # fmt: skip
ABOUT_NOBODY = {
    "ConsentText", "Dispatch", "DispatchVariant", "MailingList", "MailingListText",
    "NewsletterIndexPage", "NewsletterPage", "SendingPace",
    "SubscriberImport",  # a file of many, emptied as soon as it is read
}  # fmt: skip


def test_an_export_leaves_out_nothing_that_is_stored() -> None:
    """Whoever adds a column about somebody decides here whether they are told of it."""
    models = {model.__name__ for model in apps.get_app_config(APP).get_models()}
    assert models - ABOUT_NOBODY == set(TOLD) == set(INNER)
    for name, fields_told in TOLD.items():
        model = apps.get_model(APP, name)
        fields = {field.name for field in model._meta.concrete_fields}
        assert fields == fields_told | INNER[name]


def test_erasing_leaves_no_address_in_any_table_file_or_log(
    client: Client,
    news: Any,
    settings: Any,
    tmp_path: Path,
    subscription: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.V2V_ISSUE_COMPOSER = COMPOSER
    settings.V2V_MAIL_TRANSPORT = "communication.newsletters.transports.files.FileTransport"
    settings.V2V_MAIL_FOLDER = tmp_path / "mails"
    send_form(client)
    send_form(client, "other@school.example")
    run_answers()
    send(scheduled_dispatch(news))
    send_form(client, " ANA@school.example")  # still waiting when it is erased
    content = b"Email Address,OPTIN_TIME\nANA@School.example,\nx@y.example,\n"
    file = upload(
        content=content, file_name="a.csv", mailing_list=news, locale="en",
        consent_source="Form", user=None,
    )  # fmt: skip
    kept = settings.V2V_MAIL_FOLDER
    assert len([path for path in kept.glob("*.eml") if ADDRESS in path.read_text()]) == 2
    page = f"/en/subscriptions/preferences/{preferences_token(subscription.subscriber.uuid)}/erase/"

    assert "Erase everything" in client.get(page).content.decode()
    assert Subscriber.objects.filter(address=ADDRESS).exists()
    assert "Your data is erased" in client.post(page).content.decode()

    for model in apps.get_models():
        assert ADDRESS not in json.dumps(rows_of(model), default=bytes_of).lower(), model
    assert Delivery.objects.get().state == "accepted", "The figures of the issue stay."
    assert ADDRESS not in caplog.text.lower()
    assert [path for path in kept.iterdir() if ADDRESS in path.read_text().lower()] == []
    assert len(list(kept.glob("*.eml"))) == 1, "Letters to others stay."
    file.refresh_from_db()
    assert (file.state, bytes(file.content)) == (ImportState.FAILED, b"")
    assert "erased" in file.message


def bytes_of(value: Any) -> str:
    return bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value)


def test_after_erasure_nothing_brings_the_address_back(
    client: Client, preferences: str, news: Any, tmp_path: Path
) -> None:
    client.post(f"{preferences}erase/")
    file = tmp_path / "old.csv"
    file.write_text(f"Email Address,OPTIN_TIME\n{ADDRESS},2020-01-01 10:00:00\n", "utf-8")

    send_form(client)
    assert run_answers() == []
    call_command("import_subscribers", file, "--list=news", "--consent-source=Form", verbosity=0)

    assert not Subscriber.objects.exists()
    assert Suppression.objects.get().reason == "erased"
    assert ConsentEvent.objects.filter(action="erased").exists()
    assert client.get(preferences).status_code == 404


def test_imports_that_name_somebody_else_stay(client: Client, preferences: str, news: Any) -> None:
    file = upload(
        content=b"Email Address,OPTIN_TIME\nben@school.example,\n", file_name="a.csv",
        mailing_list=news, locale="en", consent_source="Form", user=None,
    )  # fmt: skip

    client.post(f"{preferences}erase/")

    assert SubscriberImport.objects.get(pk=file.pk).content
