"""A page for some alone is read by those who know its password, or have signed in."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import NewsPageFactory
from tests.sites import build_site

ADDRESS = "/en/news/closed/"
TEXT = b"The partners met."

pytestmark = pytest.mark.django_db


def test_whoever_knows_the_password_reads_the_page_and_nobody_else(client: Client) -> None:
    NewsPageFactory(
        parent=build_site().news,
        slug="closed",
        restriction="password",
        restriction__password="fresh apples",
    )
    form = client.get(ADDRESS)
    asked_at = re.search(r'action="([^"]+)"', form.content.decode())
    assert asked_at
    assert TEXT not in form.content

    wrong = client.post(asked_at[1], {"password": "old pears", "return_url": ADDRESS})
    right = client.post(asked_at[1], {"password": "fresh apples", "return_url": ADDRESS})
    page = client.get(ADDRESS)

    assert (wrong.status_code, right.status_code, right["Location"]) == (200, 302, ADDRESS)
    assert TEXT in page.content
    assert "private" in page["Cache-Control"]
    assert TEXT not in Client().get(ADDRESS).content


def test_who_is_not_signed_in_is_led_to_a_form_and_then_back(client: Client) -> None:
    NewsPageFactory(parent=build_site().news, slug="closed", restriction="login")
    get_user_model().objects.create_user("reader", password="fresh apples")

    there = client.get(ADDRESS)["Location"]
    answer = client.post(there, {"username": "reader", "password": "fresh apples"})

    assert client.get(there).status_code in {200, 302}
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert TEXT in client.get(ADDRESS).content
