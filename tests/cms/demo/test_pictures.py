"""Readers of the demo get every picture that its pages show."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

ADDRESS = re.compile(r"/media/images/[^\s\"<>]+")


def test_every_picture_of_the_demo_is_served() -> None:
    call_command("make_renditions", verbosity=0)
    client = Client()
    addresses = {
        address
        for path in ("/en/", "/it/", "/en/news/", "/api/v1/news/", "/feeds/en/news.atom")
        for address in ADDRESS.findall(client.get(path).content.decode())
    }

    answers = {address: client.get(address) for address in addresses}

    assert len(answers) >= 6
    for address, answer in answers.items():
        assert answer.status_code == 200, address
        assert answer.getvalue()
        assert answer["Cache-Control"] == "public, max-age=3600"
