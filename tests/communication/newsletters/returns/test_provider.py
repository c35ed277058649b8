"""Mails leave through the API of a provider, as django-anymail speaks to it."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import django
import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from communication.newsletters.checks import check_provider
from communication.newsletters.rendering.messages import Letter, ListHeaders, build_mail
from communication.newsletters.transports import Transport, load_transport
from communication.newsletters.wire.mails import Mail, NotAcceptedError, Stage, UncertainError
from communication.newsletters.wire.verdicts import Verdict, verdict_on
from tests.newsletters import ADDRESS

PROVIDER = "communication.newsletters.transports.provider.ProviderTransport"


def use_backend(settings: Any, backend: str) -> None:
    settings.V2V_MAIL_TRANSPORT = PROVIDER
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend


def letter() -> Mail:
    return build_mail(
        Letter(
            key="test",
            subject="Lajme në nëntor – më shumë se pesëdhjetë shkronja, prandaj në dy rreshta",
            text="Përshëndetje\n\n.\nhttps://v2v.example/\n",
            html="<p>Përshëndetje</p>",
            language="sq",
            written_at=timezone.now(),
            of_list=ListHeaders("news", "Lajme", "https://v2v.example/en/unsubscribe/" + "x" * 90),
        ),
        recipient=ADDRESS,
        site_url="https://v2v.example",
    )


class Api(BaseHTTPRequestHandler):
    """Answers like Postmark's API."""

    requests: list[dict[str, Any]] = []
    answer: tuple[int, dict[str, Any]] | None = (200, {})

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.requests.append(json.loads(content))
        if self.answer is None:
            self.connection.close()
            return
        status, words = self.answer
        body = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": ADDRESS}


@pytest.fixture
def api(settings: Any) -> Iterator[Any]:
    class ThisApi(Api):
        requests: list[dict[str, Any]] = []
        answer = (200, TAKEN)

    server = HTTPServer(("127.0.0.1", 0), ThisApi)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    use_backend(settings, "anymail.backends.postmark.EmailBackend")
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
    }
    yield ThisApi
    server.shutdown()
    thread.join()
    server.server_close()


def deliver(*mails: Mail) -> None:
    with load_transport().open() as channel:
        for each in mails or [letter()]:
            channel.deliver(each)


def test_a_mail_reaches_the_provider_with_all_that_is_its_own(api: Any) -> None:
    deliver()

    [request] = api.requests
    headers = {each["Name"]: each["Value"] for each in request["Headers"]}
    assert request["To"] == ADDRESS
    assert request["Subject"].startswith("Lajme në nëntor – më shumë")
    assert request["TextBody"].splitlines() == ["Përshëndetje", "", ".", "https://v2v.example/"]
    assert request["HtmlBody"].strip() == "<p>Përshëndetje</p>"
    assert headers["Message-ID"] == letter().message_id
    assert headers["List-Unsubscribe"] == f"<https://v2v.example/en/unsubscribe/{'x' * 90}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-ID"] == "Lajme <news.v2v.example>"
    assert headers["Content-Language"] == "sq"


def test_readers_are_not_tracked_and_the_mail_can_be_known_again(api: Any) -> None:
    deliver()

    [request] = api.requests
    assert (request["TrackOpens"], request["TrackLinks"]) == (False, "None")
    assert request["Metadata"] == {"v2v_mail": letter().message_id[1:41]}


def test_many_mails_go_over_one_session(api: Any) -> None:
    deliver(letter(), letter(), letter())

    assert len(api.requests) == 3


@pytest.mark.parametrize(
    ("status", "words", "verdict"),
    [
        (401, {"ErrorCode": 10, "Message": "Bad token"}, Verdict.OUR_FAULT),
        (404, {}, Verdict.OUR_FAULT),
        (413, {"Message": "too large"}, Verdict.REFUSED),
        (429, {"Message": "slower"}, Verdict.LATER),
        (503, {"Message": "maintenance"}, Verdict.LATER),
    ],
)
def test_refusals_mean_what_they_mean_by_smtp(
    api: Any, status: int, words: dict[str, Any], verdict: Verdict
) -> None:
    api.answer = (status, {**words, "Message": f"{ADDRESS} {words.get('Message')}"})

    with pytest.raises(NotAcceptedError) as caught:
        deliver()

    assert verdict_on(caught.value) is verdict
    assert (caught.value.code, caught.value.smtp_code) == (f"HTTP {status}", None)
    assert ADDRESS not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("code", "verdict"), [(300, Verdict.BAD_ADDRESS), (406, Verdict.REFUSED)])
def test_a_recipient_whom_the_provider_refuses_is_about_the_recipient(
    api: Any, code: int, verdict: Verdict
) -> None:
    words = {
        300: f"Invalid 'To' address: '{ADDRESS}'.",
        406: f"You tried to send to recipient(s) that have been marked as inactive. "
        f"Found inactive addresses: {ADDRESS}. Inactive recipients are ones that have bounced.",
    }
    api.answer = (422, {"ErrorCode": code, "Message": words[code]})

    with pytest.raises(NotAcceptedError) as caught:
        deliver()

    assert caught.value.stage is Stage.RECIPIENT
    assert verdict_on(caught.value) is verdict


@pytest.mark.parametrize("answer", [(500, {}), (502, {}), (504, {}), None])
def test_where_the_provider_may_have_the_mail_it_is_uncertain(api: Any, answer: Any) -> None:
    api.answer = answer

    with pytest.raises(UncertainError):
        deliver()

    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("status", "error"), [("failed", NotAcceptedError), ("unknown", UncertainError)]
)
def test_what_a_provider_says_of_a_recipient_counts(
    settings: Any, mailoutbox: list[Any], status: str, error: Any
) -> None:
    use_backend(settings, "tests.communication.newsletters.returns.plain_provider.PlainBackend")
    settings.ANYMAIL = {"TEST_STATUS": status}

    with pytest.raises(error):
        deliver()


def test_nobody_listening_is_no_verdict_on_the_mail(settings: Any) -> None:
    use_backend(settings, "anymail.backends.postmark.EmailBackend")
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": "http://127.0.0.1:9/",
    }

    with pytest.raises(NotAcceptedError) as caught:
        deliver()

    assert verdict_on(caught.value) is Verdict.UNREACHABLE
    assert caught.value.is_lost


def test_a_provider_that_offers_less_gets_the_mail_all_the_same(
    settings: Any, mailoutbox: list[Any]
) -> None:
    use_backend(settings, "tests.communication.newsletters.returns.plain_provider.PlainBackend")

    deliver(letter(), letter())

    assert len(mail.outbox) == 2
    assert mail.outbox[0].extra_headers["Message-ID"] == letter().message_id
    assert not hasattr(mail.outbox[0], "metadata")
    assert vars(mail.outbox[0])["track_opens"] is False


def test_a_site_that_sends_otherwise_is_told_what_to_set(settings: Any) -> None:
    settings.V2V_MAIL_TRANSPORT = PROVIDER

    with pytest.raises(ImproperlyConfigured, match=r"django-anymail.*EMAIL_BACKEND"):
        deliver()


def test_the_transport_keeps_to_the_protocol(settings: Any) -> None:
    settings.V2V_MAIL_TRANSPORT = PROVIDER

    assert isinstance(load_transport(), Transport)
    assert load_transport().forget(ADDRESS) == 0


def test_webhooks_need_a_secret_and_somebody_who_listens(settings: Any) -> None:
    assert check_provider(None) == []
    settings.V2V_MAIL_TRANSPORT = PROVIDER
    assert [each.id for each in check_provider(None)] == ["v2v.W023", "v2v.E023"]

    settings.ANYMAIL = {"WEBHOOK_SECRET": "name:password"}

    assert [each.id for each in check_provider(None)] == ["v2v.W023"]
