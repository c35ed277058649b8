"""Links in letters: what they do once, what they do for ever, and that looking does nothing."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from typing import Any

import pytest
import time_machine
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from communication.newsletters.models import (
    ConsentEvent,
    Dispatch,
    SignUp,
    Subscriber,
    Subscription,
)
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from communication.newsletters.subscribers.links import confirmation_token, preferences_token
from communication.newsletters.transports.memory import outbox
from tests.dispatches import NOON, prepared, send
from tests.factories import NewsPageFactory
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory, feature
from tests.newsletters import (
    ADDRESS,
    FORM,
    everything,
    link_in,
    run_answers,
    send_form,
    state_of,
    suppressed,
    words_of,
)
from v2v_pages.models import HomePage, NewsIndexPage

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


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


def links_of(letter: EmailMessage) -> set[str]:
    """Returns the paths of all links of ours in a letter, those in its headers as well."""
    words = [words_of(letter), words_of(letter, "html"), str(letter["List-Unsubscribe"] or "")]
    found = re.findall(r"https?://(?:localhost|testserver)(/[^\s\"'<>)]*)", " ".join(words))
    return {unescape(path) for path in found}


@pytest.mark.parametrize("visits", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_visits_of_every_link_in_a_mail_change_nothing(
    client: Client, news: Any, subscription: Any, visits: int
) -> None:
    archive = NewsletterIndexPageFactory(parent=HomePage.objects.get(locale__language_code="en"))
    article = NewsPageFactory(parent=NewsIndexPage.objects.get(), title="We met")
    issue = NewsletterPageFactory(parent=archive, mailing_list=news, body=[feature(article)])
    issue.save_revision().publish()
    dispatch = Dispatch.objects.create(page=issue)
    dispatch.mailing_lists.add(news)
    prepared(dispatch)
    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)
    send_form(client)
    send_form(client, "ben@school.example")
    letters = run_answers()
    sent_before = len(outbox)
    send(dispatch)
    issues = [message_from_bytes(mail.content, policy=SMTP) for mail in outbox[sent_before:]]
    links = set().union(*(links_of(letter) for letter in [*letters, *issues]))
    assert {path.split("/")[3] for path in links if "/subscriptions/" in path} == {
        "confirm",
        "preferences",
        "unsubscribe",
    }
    assert {"/en/news/we-met/", "/en/newsletters/first-issue/"} <= links
    before = everything()

    for path in links:
        assert {client.get(path).status_code for _visit in range(visits)} == {200}

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
