"""A compiled message says, decoded, exactly what Django's own would say."""

from email import message_from_bytes
from email.policy import SMTP
from string import ascii_letters, digits
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import example, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from communication.newsletters.models import Subscriber
from communication.newsletters.rendering.compiling import (
    CompiledIssue,
    Recipient,
    compile_issue,
    header_lines,
)
from communication.newsletters.rendering.placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL
from tests.dispatches import NOON, scheduled_dispatch, send
from tests.newsletters import MailingListFactory, subscribed

UNSUBSCRIBE = "https://v2v.example/en/subscriptions/unsubscribe/Ab-_9=/"
PREFERENCES = "https://v2v.example/en/subscriptions/preferences/" + "x" * 90 + "=" * 40 + "/"
HEADERS = [
    "To",
    "From",
    "Subject",
    "Date",
    "Message-ID",
    "List-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Content-Language",
]
LIST = "<news.v2v.example>"
LETTERS = ascii_letters + digits

unhurried = property_settings(deadline=None)
pieces = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(
        [
            UNSUBSCRIBE_URL,
            PREFERENCES_URL,
            *("\r\n.\r\n", "=20", " \n", "\x1aU", "ч" * 99, "\x85", "\u2028", "\u2029"),
        ]
    ),
)
texts = st.lists(pieces, max_size=8).map("".join).filter(bool)
one_line = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=120)


def with_dots(characters: str, *, longest: int = 3) -> Any:
    """Draws words of some characters with dots between them; so many words at most."""
    words = st.text(characters, min_size=1, max_size=20)
    return st.lists(words, min_size=1, max_size=longest).map(".".join)


urls = st.text(f"{LETTERS}-._~:/?#[]@!$()*+,;=%", max_size=150).map("https://v2v.example/{}".format)
readers = st.fixed_dictionaries(
    {
        "address": st.builds(
            "{}@{}".format, with_dots(f"{LETTERS}!#$%&'*+/=?^_`{{|}}~-"), with_dots(LETTERS)
        ),
        "message_id": with_dots(LETTERS).map("<{}@v2v.example>".format),
        "unsubscribe_url": urls,
        "preferences_url": urls,
    }
)


def recipient(**values: Any) -> Recipient:
    return Recipient(
        **{
            "address": "ana.o'hara+x@school.example",
            "message_id": "<1@v2v.example>",
            "list_id": header_lines({"List-ID": f"Вести {LIST}"}),
            "unsubscribe_url": UNSUBSCRIBE,
            "preferences_url": PREFERENCES,
            **values,
        }
    )


def compiled(subject: str, html: str, text: str, reader: Recipient | None = None) -> bytes:
    issue = compile_issue(key="1", subject=subject, html=html, text=text, language="sr")
    return CompiledIssue(issue).for_recipient(reader or recipient(), sent_at=NOON)


def personal(text: str, reader: Recipient) -> str:
    urls = {UNSUBSCRIBE_URL: reader.unsubscribe_url, PREFERENCES_URL: reader.preferences_url}
    for placeholder, url in urls.items():
        text = text.replace(placeholder, url)
    return text


def of_django(subject: str, html: str, text: str, reader: Recipient, list_name: str) -> bytes:
    message = EmailMultiAlternatives(
        subject,
        personal(text, reader),
        to=[reader.address],
        headers={
            "Date": "Mon, 02 Nov 2026 12:00:00 +0000",
            "Message-ID": reader.message_id,
            "List-ID": f"{list_name} {LIST}",
            "List-Unsubscribe": f"<{reader.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": "sr",
        },
    )
    message.attach_alternative(personal(html, reader), "text/html")
    return message.message().as_bytes()


def decoded(content: bytes) -> dict[str, Any]:
    """Returns what a mail program shows of a message; lines end in one way, texts with a line."""
    message: Any = message_from_bytes(content, policy=SMTP)
    parts = {
        part.get_content_type(): part.get_payload(decode=True)
        .decode()
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .rstrip("\n")
        for part in message.walk()
        if not part.is_multipart()
    }
    return {
        "type": message.get_content_type(),
        "headers": {name: " ".join(str(message[name]).split()) for name in HEADERS},
        **parts,
    }


@unhurried
@given(subject=one_line, html=texts, text=texts, values=readers, name=one_line)
def test_it_decodes_to_what_django_gives(
    subject: str, html: str, text: str, values: dict[str, str], name: str
) -> None:
    subject, name = " ".join(subject.split()), " ".join(name.split())
    reader = recipient(list_id=header_lines({"List-ID": f"{name} {LIST}"}), **values)

    ours = compiled(subject, html, text, reader)

    assert decoded(ours) == decoded(of_django(subject, html, text, reader, name))


@unhurried
@given(name=one_line, identifier=with_dots(LETTERS, longest=8))
def test_the_identifier_of_a_list_is_never_encoded(name: str, identifier: str) -> None:
    """RFC 2919, 3: programs sort by it, and decode nothing."""
    value = f"{name} <{identifier}>"

    line = header_lines({"List-ID": value})

    assert line.endswith(f" <{identifier}>\r\n".encode())
    assert " ".join(str(message_from_bytes(line, policy=SMTP)["List-ID"]).split()) == " ".join(
        value.split()
    )


@unhurried
@given(html=texts, text=texts)
def test_it_is_fit_for_every_server(html: str, text: str) -> None:
    content = compiled("Vijesti", html, text)

    lines = content.split(b"\r\n")
    assert content.isascii()
    assert max(len(line) for line in lines[lines.index(b"") :]) <= 76, "RFC 2045, 6.7"
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)


@unhurried
@given(
    text=st.lists(st.sampled_from([".", "..x", " ", "\n", "ab" * 18, UNSUBSCRIBE_URL])).map(
        "".join
    ),
    host=st.text("a.", min_size=1, max_size=90),
)
@example(text="." + "ab" * 36 + ".", host="a")
def test_no_line_begins_with_a_dot(text: str, host: str) -> None:
    issue = compile_issue(key="1", subject="x", html="x", text=text, language="sr")
    reader = recipient(unsubscribe_url=f"https://{host}/")

    content = CompiledIssue(issue).for_recipient(reader, sent_at=NOON)

    assert b"\n." not in content
    assert max(map(len, content.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    "values",
    [
        {"address": "ana@school.example\r\nBcc: all@school.example"},
        {"address": "ana@school.example, eve@school.example"},
        {"address": '"ana\n"@school.example'},
        {"message_id": "<1@v2v.example>\nX: y"},
        {"unsubscribe_url": "https://v2v.example/>\r\nX: y"},
        {"unsubscribe_url": 'https://v2v.example/"onclick="x'},
        {"preferences_url": "javascript:alert(1)"},
        {"unsubscribe_mailto": "mailto:a@b.example\r\nX: y"},
    ],
)
def test_no_value_of_a_recipient_can_add_a_header_or_markup(values: dict[str, str]) -> None:
    issue = CompiledIssue(compile_issue(key="1", subject="x", html="x", text="x", language="en"))

    with pytest.raises(ValueError, match="characters"):
        issue.for_recipient(recipient(**values), sent_at=NOON)


@pytest.mark.parametrize("field", ["subject", "language"])
def test_no_subject_can_add_a_header(field: str) -> None:
    values = {"key": "1", "subject": "x", "html": "x", "text": "x", "language": "en"}

    with pytest.raises(ValueError, match="linefeed"):
        compile_issue(**{**values, field: "x\nBcc: all@school.example"})


def sent_one(sink: Any, mailing_list: Any, locale: str = "sq") -> Any:
    subscribed("ana@school.example", mailing_list, subscriber__locale=locale)
    send(scheduled_dispatch(mailing_list))
    return message_from_bytes(sink.contents[-1], policy=SMTP)


def test_a_mail_of_a_list_has_the_headers_that_mail_programs_want(news: Any, sink: Any) -> None:
    message = sent_one(sink, news)

    token = news.subscriptions.get().token
    assert message["To"] == "ana@school.example"
    assert message["List-ID"].endswith("<news.localhost>")
    assert message["List-Unsubscribe"].endswith(f"/en/subscriptions/unsubscribe/{token}/>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime.date() == NOON.date()
    assert message.get_content_type() == "multipart/alternative"
    assert not {"Cc", "Bcc", "Auto-Submitted"} & set(message.keys())
    assert len(message.get_all("To")) == 1
    assert "recipient.invalid" not in str(message)


def test_the_links_in_a_mail_work(news: Any, sink: Any, client: Any) -> None:
    message = sent_one(sink, news)

    words = message.get_body(("plain",)).get_content().split()
    paths = [word[word.index("/en/") :] for word in words if word.startswith("http")]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    client.post(paths[0], {"List-Unsubscribe": "One-Click"})
    assert news.subscriptions.get().state == "unsubscribed"


def test_a_mailbox_for_unsubscribing_is_named_only_where_somebody_reads_it(
    sink: Any, site: None, settings: Any
) -> None:
    settings.V2V_BOUNCE_MAILBOX = "imaps://leave:secret@mail.v2v.example/INBOX"
    settings.DEFAULT_FROM_EMAIL = "V2V <leave@v2v.example>"
    message = sent_one(sink, MailingListFactory(slug="vesti"))

    assert "<mailto:leave@v2v.example?subject=unsubscribe%20" in message["List-Unsubscribe"]


def test_a_reader_whose_address_breaks_a_header_is_given_up_and_nobody_else(
    news: Any, sink: Any
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    by_hand = "r1@school.example\r\nBcc: all@school.example"
    Subscriber.objects.filter(address="r1@school.example").update(address=by_hand)

    send(dispatch)

    assert sorted(sink.taken) == ["r0@school.example", "r2@school.example"]
    assert dispatch.deliveries.get(state="failed").last_error == "ValueError"
