"""From the form to the newsletter: journeys of readers who have no script and no cookie."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communication.newsletters.models import ConsentEvent, ConsentText, SignUp, Subscriber
from tests.factories import NewsPageFactory
from tests.issues import tags
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
    words_of,
)
from v2v_pages.models import NewsIndexPage


def test_a_reader_subscribes_by_form_letter_and_button(client: Client, news: Any) -> None:
    answer = send_form(client, " Ana@School.Example ")
    assert (answer.status_code, answer["Location"]) == (303, "/en/subscriptions/sent/")
    assert "one is on its way" in client.get(answer["Location"]).content.decode()

    [letter] = run_answers()
    assert letter["To"] == ADDRESS
    assert state_of() == {"news": "pending"}

    page = client.get(link_in(letter))
    assert page.status_code == 200
    assert state_of() == {"news": "pending"}, "Opening the page changes nothing."

    done = client.post(link_in(letter))
    assert "You are subscribed" in done.content.decode()
    assert state_of() == {"news": "confirmed"}
    assert client.cookies == {}


def test_everything_is_in_the_language_that_the_reader_chose(client: Client, news: Any) -> None:
    send_form(client, language="sq")

    [letter] = run_answers()

    assert letter["Content-Language"] == "sq"
    assert link_in(letter).startswith("/sq/subscriptions/confirm/")
    assert "Lajme" in words_of(letter)
    assert '<html lang="sq">' in words_of(letter, "html")
    client.post(link_in(letter))
    assert Subscriber.objects.get().locale == "sq"


def test_the_only_list_is_named_to_search_engines_without_marks_of_its_language(
    client: Client, news: Any
) -> None:
    html = client.get("/fi/subscriptions/").content.decode()

    named = [tag for tag in tags(html, "meta") if tag.get("name") == "description"]
    assert [tag["content"] for tag in named] == ["News: Once a month."]
    assert '<p><span lang="en">News: Once a month.</span></p>' in html


def test_a_reader_chooses_among_lists_that_are_open(client: Client, news: Any) -> None:
    MailingListFactory(slug="visits")
    MailingListFactory(slug="closed", is_open=False)

    page = client.get(FORM).content.decode()
    assert ('value="visits"' in page, 'value="closed"' in page) == (True, False)
    refused = send_form(client, lists=["closed"])
    assert refused.status_code == 422
    send_form(client, lists=["visits"])
    run_answers()

    assert state_of() == {"visits": "pending"}


def test_a_wrong_address_is_said_beside_what_was_filled_in(client: Client, news: Any) -> None:
    answer = send_form(client, "ana(at)school", language="it")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ana(at)school"' in html
    assert 'aria-describedby="subscribe-email-error"' in html
    assert 'lang="it" selected' in " ".join(html.split())
    assert not SignUp.objects.exists()


def test_an_old_form_comes_back_filled_and_works_at_once(client: Client, news: Any) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=7), tick=False):
        old = stamp_of(client)

    again = client.post(FORM, {"email": ADDRESS, "language": "sq", "stamp": old})
    html = again.content.decode()
    assert again.status_code == 409
    assert f'value="{ADDRESS}"' in html
    fresh = html.split('name="stamp" value="')[1].split('"')[0]
    done = client.post(FORM, {"email": ADDRESS, "language": "sq", "stamp": fresh})

    assert done.status_code == 303
    assert SignUp.objects.get().locale == "sq"


def test_a_form_of_another_making_is_not_taken(client: Client, news: Any) -> None:
    for stamp in ("", "1~en~0123456789abcdef.x.y"):
        assert client.post(FORM, {"email": ADDRESS, "stamp": stamp}).status_code == 409
    assert not SignUp.objects.exists()


def test_robots_that_fill_every_field_hear_that_all_is_well(client: Client, news: Any) -> None:
    answer = send_form(client, website="https://spam.example")

    assert answer.status_code == 303
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({}, 303),
        ({"Origin": "https://other.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_pages_of_other_sites_cannot_send_the_form(
    client: Client, news: Any, headers: dict[str, str], status: int
) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"email": ADDRESS, "language": "en", "stamp": stamp_of(client)}

    assert client.post(FORM, sent, headers=headers).status_code == status


def test_the_words_that_were_shown_are_those_that_are_kept(client: Client, news: Any) -> None:
    ConsentText.objects.create(version=1, locale="en", text="I agree to the first.")
    stamp = stamp_of(client)
    ConsentText.objects.create(version=2, locale="en", text="I agree to the second.")

    client.post(FORM, {"email": ADDRESS, "language": "en", "stamp": stamp})
    [letter] = run_answers()
    client.post(link_in(letter))

    events = ConsentEvent.objects.filter(text__version=1)
    assert list(events.values_list("action", flat=True)) == ["requested", "confirmed"]
    assert "I agree to the second." in client.get(FORM).content.decode()


def test_words_of_our_own_are_kept_once_somebody_agrees_to_them(client: Client, news: Any) -> None:
    client.get(FORM)
    assert not ConsentText.objects.exists(), "Reading a form writes nothing."

    send_form(client)
    send_form(client, "ben@school.example")

    text = ConsentText.objects.get()
    assert (text.version, text.locale) == (1, "en")
    assert text.text in client.get(FORM).content.decode()


def test_a_known_reader_gets_the_way_to_their_settings(client: Client, news: Any) -> None:
    subscribed(ADDRESS, news)

    send_form(client, language="it")
    [letter] = run_answers()

    assert letter["Content-Language"] == "en", "The language is the reader's, not the form's."
    assert link_in(letter).startswith("/en/subscriptions/preferences/")
    assert state_of() == {"news": "confirmed"}


def test_whoever_left_may_come_back_by_letter_only(client: Client, news: Any) -> None:
    subscribed(ADDRESS, news, ended=True)

    send_form(client)
    [letter] = run_answers()
    client.post(link_in(letter))

    assert state_of() == {"news": "confirmed"}


def test_an_old_confirmation_brings_nobody_back(client: Client, news: Any) -> None:
    send_form(client)
    [letter] = run_answers()
    client.post(link_in(letter))
    subscription = Subscriber.objects.get().subscriptions.get()
    client.post(f"/en/subscriptions/unsubscribe/{subscription.token}/")

    assert client.get(link_in(letter)).status_code == 404
    assert client.post(link_in(letter)).status_code == 404
    assert state_of() == {"news": "unsubscribed"}


def test_a_confirmation_is_valid_for_thirty_days(client: Client, news: Any) -> None:
    send_form(client)
    [letter] = run_answers()

    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert client.get(link_in(letter)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert client.post(link_in(letter)).status_code == 404
    assert state_of() == {"news": "pending"}


def test_the_form_stands_in_articles(client: Client, news: Any) -> None:
    body = [("subscribe", {"heading": "Our letter", "text": "Monthly."})] * 2
    index = NewsIndexPage.objects.get()
    NewsPageFactory(parent=index, slug="with-forms", body=body)

    html = client.get("/en/news/with-forms/").content.decode()

    assert html.count('action="/en/subscriptions/"') == 2
    assert 'id="subscribe-1-email"' in html
    assert 'id="subscribe-2-email"' in html
    assert 'action="/fi/subscriptions/"' in client.get("/fi/news/with-forms/").content.decode()
    feed = json.loads(client.get("/feeds/en/news.json").content)
    assert "<form" not in feed["items"][0]["content_html"]
    assert "http://localhost/en/subscriptions/" in feed["items"][0]["content_html"]


def test_pages_for_all_are_cached_and_pages_for_one_are_not(client: Client, news: Any) -> None:
    send_form(client)
    [letter] = run_answers()

    for path in (FORM, "/en/subscriptions/sent/"):
        assert client.get(path)["Cache-Control"] == "public, max-age=60"
    page = client.get(link_in(letter))
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"


def test_the_form_costs_the_same_for_one_list_and_for_many(
    client: Client, news: Any, django_assert_num_queries: Any
) -> None:
    client.get(FORM)
    with django_assert_num_queries(8):
        client.get(FORM)
    for number in range(5):
        MailingListFactory(slug=f"more-{number}")
    with django_assert_num_queries(8):
        client.get(FORM)


def test_without_an_open_list_there_is_nothing_to_send(client: Client, site: None) -> None:
    assert "no newsletter to subscribe to" in client.get(FORM).content.decode()
    assert client.post(FORM, {"email": ADDRESS}).status_code == 422


def test_no_log_names_an_address(
    client: Client, news: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    send_form(client)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError(ADDRESS)

    monkeypatch.setattr("communication.newsletters.services.answering.build_mail", fail)
    assert run_answers() == []

    assert "has failed" in caplog.text
    assert "school.example" not in caplog.text
    assert SignUp.objects.filter(next_attempt_at__gt=timezone.now()).exists(), "It is tried again."
