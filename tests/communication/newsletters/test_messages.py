"""Letters as programs and people read them: headers, parts, footer, and no word of a stranger's."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communication.newsletters.rendering.messages import Letter, ListHeaders, build_mail
from communication.newsletters.transports.memory import outbox
from communication.newsletters.wire.mails import Mail
from tests.factories import ProjectSettingsFactory
from tests.newsletters import ADDRESS, FORM, run_answers, send_form, stamp_of, words_of


def letter(**fields: Any) -> Letter:
    usual = {
        "key": "test 1",
        "subject": "Новости",
        "text": "Здраво.\n.\nfrom here",
        "html": '<p lang="sr">Здраво.</p>',
        "language": "sr",
        "written_at": timezone.now(),
    }
    return Letter(**{**usual, **fields})


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.content, policy=SMTP)


def built(**fields: Any) -> Mail:
    return build_mail(letter(**fields), recipient=ADDRESS, site_url="https://v2v.example")


def test_a_letter_has_both_parts_and_says_what_it_is() -> None:
    message = read(built())

    assert message["To"] == ADDRESS
    assert message["Subject"] == "Новости"
    assert message["Content-Language"] == "sr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-ID"] is None
    assert words_of(message).split("\r\n") == ["Здраво.", ".", "from here", ""]
    assert words_of(message, "html") == '<p lang="sr">Здраво.</p>\r\n'
    assert message.get_content_type() == "multipart/alternative"
    assert message.defects == []


def test_the_same_letter_is_the_same_bytes_and_another_occasion_is_not() -> None:
    now = timezone.now()

    assert built(written_at=now) == built(written_at=now)
    assert built().message_id != built(key="test 2").message_id
    assert re.fullmatch(r"<[0-9a-f]{40}@v2v\.example>", built().message_id)


def test_mails_of_a_list_say_which_and_how_to_leave_it() -> None:
    url = f"https://v2v.example/en/subscriptions/unsubscribe/{'x' * 60}/"
    mail = built(of_list=ListHeaders("news", "Новости", url))

    message = read(mail)
    assert message["List-ID"] == "Новости <news.v2v.example>"
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in mail.content, "Programs read it as it is."
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] is None


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("field", ["subject", "language"])
def test_no_text_adds_headers(field: str, end: str) -> None:
    with pytest.raises(ValueError, match=r"newline|linefeed"):
        built(**{field: f"Hello{end}Bcc: everybody@school.example"})


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_address_adds_headers(client: Client, news: Any, end: str) -> None:
    address = f"ana@school.example{end}Bcc: everybody@school.example"
    sent = {"email": address, "language": "en", "stamp": stamp_of(client)}

    assert client.post(FORM, sent).status_code == 422
    with pytest.raises(ValueError, match="CR or LF"):
        build_mail(letter(), recipient=address, site_url="https://v2v.example")


@pytest.mark.parametrize(
    "address",
    ['"a b"@school.example', '"\x01"@school.example', "a@b", "@x.example", "a@x..example"],
)
def test_what_is_no_usual_address_is_refused(client: Client, news: Any, address: str) -> None:
    assert send_form(client, address).status_code == 422


def test_an_address_with_letters_of_any_script_behind_the_at_is_sent_to(
    client: Client, news: Any
) -> None:
    send_form(client, "ana@škola.example")

    [sent] = run_answers()

    assert sent["To"] == "ana@xn--kola-f6a.example"


def test_nothing_that_a_visitor_typed_stands_in_a_letter(client: Client, news: Any) -> None:
    send_form(client, "buy-cheap-pills@spam.example")

    [sent] = run_answers()

    whole = outbox[0].content.decode()
    assert whole.count("spam.example") == 1, "The header To alone."
    assert "pills" not in words_of(sent) + words_of(sent, "html")


def test_every_letter_names_the_controller_and_who_funds_it(client: Client, news: Any) -> None:
    address = "Main Street 1\n12051 Alba"
    ProjectSettingsFactory(controller_name="School One", controller_address=address)
    send_form(client)

    [sent] = run_answers()

    for kind in ("plain", "html"):
        words = words_of(sent, kind)
        assert "School One" in words
        assert "12051 Alba" in words
        assert "Funded by the European Union." in words


def test_letters_load_nothing_and_follow_nobody(client: Client, news: Any) -> None:
    send_form(client)

    html = words_of(run_answers()[0], "html")

    assert "<img" not in html
    assert "<script" not in html
    assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', html)) == {"http://localhost"}
