"""``manage.py newsletter_check`` says what to put right before the first issue."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Site

from communication.delivery.models import Installation, WorkerHeartbeat
from communication.delivery.services.installation import adopt_installation
from communication.newsletters.transports.memory import outbox

from ..mail_settings import change_server, use_server
from ..test_transports import Server
from .zones import Zones

SMTP = "communication.newsletters.transports.smtp.SmtpTransport"


@pytest.fixture
def server() -> Any:
    server = Server()
    server.start()
    yield server
    server.close()


@pytest.fixture
def ready(site: None, settings: Any, server: Any) -> None:
    """A site that could send its first issue."""
    settings.DEFAULT_FROM_EMAIL = "V2V <office@v2v.example>"
    settings.V2V_MAIL_TRANSPORT = SMTP
    use_server(settings, server.port)
    settings.V2V_MAIL_SERVER_ADDRESSES = ["203.0.113.7"]
    settings.V2V_DKIM_SELECTORS = ["mail"]
    settings.V2V_ADDRESS_KEY = "k" * 50
    settings.V2V_MAIL_LIMITS = {"per_minute": 60, "per_day": None}
    settings.V2V_BOUNCE_MAILBOX = "imaps://office:secret@mail.v2v.example"
    settings.V2V_MAIL_FOOTER = "tests.communication.newsletters.health.footer.footer"
    Site.objects.update(hostname="v2v.example", port=443)
    Site.clear_site_root_paths_cache()
    adopt_installation()
    WorkerHeartbeat.objects.create(
        worker_id="0" * 32,
        host="web",
        process_id=1,
        started_at=timezone.now(),
        beat_at=timezone.now(),
    )


def check(zones: Zones | None = None, **options: Any) -> tuple[str, str]:
    """Runs the command; returns what it printed and what it ended with."""
    output, error = StringIO(), ""
    try:
        call_command("newsletter_check", names=zones or Zones(), stdout=output, **options)
    except CommandError as raised:
        error = str(raised)
    return output.getvalue(), error


def problems(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("problem: ")]


def test_a_site_that_is_ready_has_no_problem(ready: None, server: Any) -> None:
    output, error = check()

    assert (problems(output), error) == ([], "")
    assert "fine: 127.0.0.1 lets us in, and has 5 seconds for each answer;" in output
    assert "fine: At most 60 per minute." in output
    assert server.received == []
    assert not any(line[:4].upper() == b"MAIL" for line in server.lines)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("V2V_ADDRESS_KEY", "", "set V2V_ADDRESS_KEY"),
        ("V2V_WORKER_JOBS", [], "to V2V_WORKER_JOBS"),
        ("V2V_MAIL_FOOTER", "", "name and postal address"),
        ("V2V_DKIM_SELECTORS", [], "V2V_DKIM_SELECTORS"),
        ("V2V_MAIL_TRANSPORT", "no.such", "cannot be imported"),
        (
            "V2V_MAIL_TRANSPORT",
            "communication.newsletters.transports.memory.MemoryTransport",
            "keeps mails and sends none",
        ),
    ],
)
def test_each_problem_is_one_sentence_that_says_what_to_do(
    ready: None, settings: Any, setting: str, value: Any, words: str
) -> None:
    setattr(settings, setting, value)

    output, error = check()

    [line] = problems(output)
    assert words in line
    assert error == "Put right before the next issue: 1"
    assert output.startswith("problem: "), "Problems come first."


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [("V2V_MAIL_LIMITS", {}, "V2V_MAIL_LIMITS"), ("V2V_BOUNCE_MAILBOX", "", "V2V_BOUNCE_MAILBOX")],
)
def test_what_would_be_better_is_no_problem(
    ready: None, settings: Any, setting: str, value: Any, words: str
) -> None:
    setattr(settings, setting, value)

    output, error = check()

    assert error == ""
    assert any(line.startswith("advice: ") and words in line for line in output.splitlines())


def test_links_without_https_are_a_problem(ready: None) -> None:
    Site.objects.update(port=80)

    [line] = problems(check()[0])

    assert "http://v2v.example" in line


def test_a_worker_that_is_gone_is_a_problem(ready: None) -> None:
    WorkerHeartbeat.objects.all().delete()

    assert ["run_worker" in line for line in problems(check()[0])] == [True]


def test_a_copy_of_the_database_is_a_problem(ready: None) -> None:
    Installation.objects.update(digest="of another")

    assert ["adopt_installation" in line for line in problems(check()[0])] == [True]


@pytest.mark.parametrize("answer", ["554 5.7.1 not you", ""])
def test_a_server_that_does_not_let_us_in_is_a_problem(
    ready: None, server: Any, settings: Any, answer: str
) -> None:
    server.at, server.answer = "CONNECT", answer
    change_server(settings, timeout=0.5)

    assert ["does not let us in" in line for line in problems(check()[0])] == [True]


def test_programs_read_json(ready: None) -> None:
    output, error = check(Zones().set("v2v.example", "MX"), json=True)

    found = json.loads(output)
    assert (found[0]["subject"], found[0]["level"]) == ("mx", "problem")
    assert {each["subject"] for each in found} >= {"spf", "server", "worker", "links", "returns"}
    assert error


def test_nothing_is_sent_by_looking(ready: None) -> None:
    check()

    assert outbox == []
