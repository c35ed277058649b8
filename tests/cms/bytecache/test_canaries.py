"""What some may read is in no answer that the cache gives to everybody else."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from communication.syndication.services.change_log import refresh_change_log
from tests.crawl import Answer, crawl
from tests.partner_sites import new_key
from tests.project.hidden import hide_everything
from tests.project.surfaces import LANGUAGES, leaks, surfaces
from v2v_pages.models import NewsPage
from v2v_snippets.publication.previews import preview_token

from .origin import Asker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Reader:
    """Somebody who reads the site through a process that keeps answers."""

    process: Asker
    headers: dict[str, str]

    def get(self, path: str) -> Any:
        """Answers as Django's own client does, as far as the crawler reads it."""
        address, _, query = path.partition("?")
        decoded = unquote_to_bytes(address).decode("latin-1")
        status, headers, body = self.process.get(
            f"{decoded}?{query}", HTTP_HOST="testserver", **self.headers
        )
        fields = {name.title(): value for name, value in headers.items()}
        return Response(int(status[:3]), fields, body)

    def read(self, path: str) -> Answer:
        """Returns one answer with all that could be seen of it."""
        response = self.get(path)
        content = response.content.decode(errors="replace")
        return Answer(path, response.status_code, str(response.headers), content, "")


@dataclass(frozen=True)
class Response:
    """One answer."""

    status_code: int
    headers: dict[str, str]
    content: bytes
    streaming: bool = False


def signed_in() -> Client:
    """An editor who may read everything."""
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor", "e@v2v.example", "x"))
    return editor


def with_password() -> Client:
    """A reader who has been given the password of a page."""
    reader = Client()
    address = "/en/news/canary-password/"
    asked_at = re.search(
        r'action="([^"]+/authenticate[^"]+)"', reader.get(address).content.decode()
    )
    assert asked_at
    reader.post(asked_at[1], {"password": "x", "return_url": address})
    return reader


def cookies_of(client: Client) -> dict[str, str]:
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    assert cookies
    return {"HTTP_COOKIE": cookies}


def test_what_editors_partners_and_guests_have_read_is_kept_for_nobody_else(
    processes: list[Asker],
) -> None:
    hidden = hide_everything()
    refresh_change_log()
    process, starts = processes[0], surfaces(hidden)
    draft = NewsPage.objects.get(slug="canary-draft")
    editor = get_user_model().objects
    guests = {
        "editor": cookies_of(signed_in()),
        "guest": cookies_of(with_password()),
        "partner": {"HTTP_AUTHORIZATION": f"Bearer {new_key().text}"},
    }
    preview = f"/api/v1/preview/{preview_token(page=draft, user=editor.get(username='editor'))}/"

    saw = {
        name: [path for path in [*starts, preview] if leaks(Reader(process, headers).read(path))]
        for name, headers in guests.items()
    }
    everybody: Any = Reader(process, {})
    answers = [*crawl(everybody, starts, LANGUAGES)]
    again = [everybody.get(answer.path).headers.get("Cache-Status") for answer in answers]

    assert "/en/news/canary-login/" in saw["editor"]
    assert "/en/news/canary-password/" in saw["guest"]
    assert preview in saw["partner"]
    assert [answer.path for answer in answers if leaks(answer)] == []
    assert again.count("V2V; hit") > len(answers) / 2, "The cache was not asked."
