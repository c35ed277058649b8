"""Sends an issue to a few people who look at it first; nothing of it is kept.

Of the figures of an issue it is no part; but the provider counts it, and so do the limits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.language.locales import own_name

from ...rendering.compiling import CompiledIssue, Recipient, compile_issue
from ...rendering.messages import message_id, sender
from ...returns import unsubscribe_mailto
from ...selectors import is_suppressed, site_url
from ...services.dispatching.pacing import note_letters
from ...services.dispatching.preparing import composer
from ...transports import load_transport
from ...wire.mails import Mail, NotAcceptedError, UncertainError

NOBODY: Final = "test"
"""Stands where readers have tokens: the addresses in a test end no subscription."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the mail server said to one test."""

    address: str
    language: str
    """By its own name."""
    is_accepted: bool
    answer: str
    """In words."""


def trial_languages(issue: Any) -> tuple[str, ...]:
    """Returns the languages in which an issue can be tested.

    Those in which it goes out; where the composer has a ``draft_languages()``, also those that are
    to be published yet.
    """
    write = composer()
    languages: tuple[str, ...] = getattr(write, "draft_languages", write.issue_languages)(issue)
    return languages


def send_trials(
    *, issue: Any, languages: Iterable[str], addresses: Iterable[str], now: datetime
) -> list[Trial]:
    """Sends an issue in some languages to some normalised addresses, marked as a test.

    The same issue has the same Message-ID for an address each time, so that whoever gets it twice
    has one mail.
    """
    where = site_url()
    trials = []
    for language in languages:
        letter = composer().render_issue(issue, language, site_url=where)
        for address in addresses:
            mail = _mail(letter, address, site_url=where, now=now)
            is_accepted, answer = _deliver(mail, now)
            trials.append(Trial(address, own_name(language), is_accepted, answer))
    return trials


def _deliver(mail: Mail, now: datetime) -> tuple[bool, str]:
    if is_suppressed(mail.recipient):
        return False, _("left out: this address gets no mail from us")
    try:
        with load_transport().open() as channel:
            channel.deliver(mail)
    except NotAcceptedError as error:
        return False, _("refused (%(code)s)") % {"code": error}
    except UncertainError:
        note_letters(number=1, now=now)
        return False, _("uncertain: the connection was lost after the mail was handed over")
    note_letters(number=1, now=now)
    return True, _("accepted")


def _mail(letter: Any, address: str, *, site_url: str, now: datetime) -> Mail:
    content = "\n".join((letter.subject, letter.html, letter.text))
    key = f"test {sha256(content.encode()).hexdigest()} {address}"
    identifier = message_id(key, urlsplit(site_url).hostname or "localhost")
    issue = CompiledIssue(
        compile_issue(
            key=key,
            subject=f"[Test] {letter.subject}",
            html=letter.html,
            text=letter.text,
            language=letter.language,
        )
    )
    with override(letter.language):
        unsubscribe, preferences = (
            site_url + reverse(f"communication_newsletters:{name}", args=[NOBODY])
            for name in ("unsubscribe", "preferences")
        )
    recipient = Recipient(
        address=address,
        message_id=identifier,
        list_id=b"",
        unsubscribe_url=unsubscribe,
        preferences_url=preferences,
        unsubscribe_mailto=unsubscribe_mailto(NOBODY),
    )
    content_of_mail = issue.for_recipient(recipient, sent_at=now)
    return Mail(identifier, sender().addr_spec, address, content_of_mail)
