"""What subscribers do with their own data by the links in their letters."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as site_settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from communication.newsletters.enums import ImportState
from communication.newsletters.links import confirmation_token, preferences_token
from communication.newsletters.models import (
    ConsentEvent,
    SignUp,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from communication.newsletters.services.uploads import upload
from tests.newsletters import (
    ADDRESS,
    FORM,
    MailingListFactory,
    link_in,
    run_answers,
    send_form,
    stamp_of,
    state_of,
    subscribed,
    suppressed,
)

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def subscription(news: Any) -> Any:
    """Somebody who reads the news."""
    return subscribed(ADDRESS, news)


@pytest.fixture
def preferences(subscription: Any) -> str:
    """The page with their settings."""
    return f"/en/subscriptions/preferences/{preferences_token(subscription.subscriber.uuid)}/"


def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def everything() -> dict[str, list[dict[str, Any]]]:
    """Returns all rows of all tables of this app."""
    models = apps.get_app_config("communication_newsletters").get_models()
    return {model.__name__: rows_of(model) for model in models}


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


def test_an_export_leaves_out_nothing_that_is_stored(news: Any, subscription: Any) -> None:
    """Whoever adds a column about somebody decides here whether they are told of it."""
    told = {
        "Subscriber": {"address", "locale", "created_at"},
        "Subscription": {
            "mailing_list", "state", "requested_at", "confirmed_at", "unsubscribed_at", "evidence",
        },
        "ConsentEvent": {"mailing_list", "action", "source", "text", "note", "happened_at"},
        "SignUp": {"address", "locale", "source", "created_at"},
    }  # fmt: skip
    inner = {
        "Subscriber": {"id", "uuid", "hmac"},
        "Subscription": {"id", "subscriber", "token", "consent_text"},
        "ConsentEvent": {"id", "hmac"},
        "SignUp": {
            "id", "uuid", "purpose", "hmac", "mailbox_hash", "domain_hash", "network_hash", "lists",
            "consent_text", "attempts", "next_attempt_at", "mailed_at",
        },
    }  # fmt: skip

    for name, fields_told in told.items():
        model = apps.get_model("communication_newsletters", name)
        fields = {field.name for field in model._meta.concrete_fields}
        assert fields == fields_told | inner[name]


def test_erasing_leaves_no_address_in_any_table_or_file(
    client: Client, news: Any, settings: Any, tmp_path: Path, subscription: Any
) -> None:
    settings.V2V_MAIL_TRANSPORT = "communication.newsletters.transports.files.FileTransport"
    settings.V2V_MAIL_FOLDER = tmp_path / "mails"
    send_form(client)
    send_form(client, "other@school.example")
    run_answers()
    send_form(client, " ANA@school.example")  # still waiting when it is erased
    content = b"Email Address,OPTIN_TIME\nANA@School.example,\nx@y.example,\n"
    file = upload(
        content=content, file_name="a.csv", mailing_list=news, locale="en",
        consent_source="Form", user=None,
    )  # fmt: skip
    kept = settings.V2V_MAIL_FOLDER
    assert len(list(kept.glob("*.eml"))) == 2
    page = f"/en/subscriptions/preferences/{preferences_token(subscription.subscriber.uuid)}/erase/"

    assert "Erase everything" in client.get(page).content.decode()
    assert Subscriber.objects.filter(address=ADDRESS).exists()
    assert "Your data is erased" in client.post(page).content.decode()

    assert ADDRESS not in json.dumps(everything(), default=bytes_of).lower()
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


def test_old_links_change_settings_but_do_not_show_or_erase_data(
    client: Client, preferences: str
) -> None:
    """Newsletters are passed on, and the links below them."""
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        page = client.get(preferences).content.decode()
        assert "Send me a fresh link" in page
        assert client.get(f"{preferences}data.json").status_code == 404
        assert client.post(f"{preferences}erase/").status_code == 404
        assert client.post(f"{preferences}link/").status_code == 302
        [letter] = run_answers()
        assert letter["To"] == ADDRESS
        assert client.get(f"{link_in(letter)}data.json").status_code == 200


def test_one_click_ends_a_subscription_without_redirect_origin_or_cookie(
    subscription: Any,
) -> None:
    path = f"/en/subscriptions/unsubscribe/{subscription.token}/"
    program = Client(enforce_csrf_checks=True, headers={"Origin": "https://mail.example"})

    answers = [program.post(path, ONE_CLICK) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert state_of() == {"news": "unsubscribed"}
    assert ConsentEvent.objects.get().source == "one_click"
    assert not Subscription.objects.mailable().exists()


def test_people_unsubscribe_by_a_button_in_their_language(
    client: Client, subscription: Any
) -> None:
    Subscriber.objects.update(locale="sq")
    path = f"/en/subscriptions/unsubscribe/{subscription.token}/"

    page = client.get(path)
    assert page["Content-Language"] == "sq"
    assert "Lajme" in page.content.decode()
    done = client.post(path)

    assert "Lajme" in done.content.decode()
    assert ConsentEvent.objects.get().source == "link"
    assert "Lajme" in client.get(path).content.decode(), "Opened again, it says that it is done."


def test_one_click_is_thanked_for_when_there_is_nobody_left(client: Client, site: None) -> None:
    path = "/en/subscriptions/unsubscribe/gone/"

    assert client.post(path, ONE_CLICK).status_code == 200
    assert client.get(path).status_code == 404


def test_a_hundred_visits_of_every_link_change_nothing(
    client: Client, news: Any, subscription: Any
) -> None:
    send_form(client, "ben@school.example")
    [letter] = run_answers()
    token = preferences_token(subscription.subscriber.uuid)
    waiting = SignUp.objects.get()
    links = [
        link_in(letter),
        f"/en/subscriptions/confirm/{confirmation_token(waiting.uuid)}/",
        f"/en/subscriptions/preferences/{token}/",
        f"/en/subscriptions/preferences/{token}/data.json",
        f"/en/subscriptions/preferences/{token}/erase/",
        f"/en/subscriptions/preferences/{token}/link/",
        f"/en/subscriptions/unsubscribe/{subscription.token}/",
        FORM,
        f"{FORM}sent/",
    ]
    before = everything()

    for path in links:
        for visit in range(12):
            answer = client.head(path) if visit % 2 else client.get(path)
            assert answer.status_code == (405 if path.endswith("/link/") else 200)

    assert len(links) * 12 >= 100
    assert everything() == before


def test_links_survive_a_new_key(
    client: Client, subscription: Any, preferences: str, news: Any, settings: Any
) -> None:
    send_form(client, "ben@school.example")
    [letter] = run_answers()
    suppressed("carl@school.example")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 9, [site_settings.SECRET_KEY]

    assert client.get(preferences).status_code == 200
    assert "You are subscribed" in client.post(link_in(letter)).content.decode()
    send_form(client, "carl@school.example")
    send_form(client)  # known under the older key
    assert [mail["Subject"] for mail in run_answers()] == ["Your subscriptions – V2V"]

    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(preferences).status_code == 404
    one_click = f"/en/subscriptions/unsubscribe/{subscription.token}/"
    assert client.post(one_click, ONE_CLICK).status_code == 200
    assert state_of() == {"news": "unsubscribed"}


def test_an_address_key_of_its_own_outlives_all_secret_keys(
    client: Client, news: Any, settings: Any
) -> None:
    settings.V2V_ADDRESS_KEY = "for addresses " * 5
    suppressed(ADDRESS)
    settings.SECRET_KEY = "another " * 9

    send_form(client)

    assert run_answers() == []


def test_links_of_nobody_lead_to_the_form(client: Client, site: None) -> None:
    for path in ("confirm/x.y.z/", "preferences/x/", "preferences/x/erase/", "unsubscribe/x/"):
        answer = client.get(f"/en/subscriptions/{path}")

        assert answer.status_code == 404
        assert 'href="/en/subscriptions/"' in answer.content.decode()


def test_imports_that_name_somebody_else_stay(client: Client, preferences: str, news: Any) -> None:
    file = upload(
        content=b"Email Address,OPTIN_TIME\nben@school.example,\n", file_name="a.csv",
        mailing_list=news, locale="en", consent_source="Form", user=None,
    )  # fmt: skip

    client.post(f"{preferences}erase/")

    assert SubscriberImport.objects.get(pk=file.pk).content
