"""From the form to the newsletter: journeys of readers who have no script and no cookie."""

from typing import Any

from django.test import Client

from communication.newsletters.models import Subscriber
from tests.newsletters import (
    ADDRESS,
    link_in,
    run_answers,
    send_form,
    state_of,
    words_of,
)


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
