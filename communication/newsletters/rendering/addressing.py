"""Says what is each recipient's own in an issue: address, links, and the headers of their list."""

from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from ..models import DispatchVariant, MailingList
from ..returns import unsubscribe_mailto
from ..subscribers.links import preferences_token
from ..wire.mails import Mail
from .compiling import CompiledIssue, Recipient, header_lines
from .messages import message_id, sender

OWN_PART: Final = "own-part"
"""Stands in an address while it is made, for the tokens to come."""


class NoReaderError(Exception):
    """Whoever a mail was for is no longer known."""


class Addressee(Protocol):
    """What a mail takes from its delivery, and from the subscription by which it goes."""

    address: str
    address_hmac: str
    subscriber_uuid: UUID | None
    subscription_token: str | None
    mailing_list_id: int | None


class Addressing:
    """Writes mails for the deliveries of one issue in one language."""

    def __init__(self, variant: DispatchVariant, *, edition: str, site_url: str) -> None:
        """Reads a frozen text.

        Args:
            variant: The text.
            edition: Says of which dispatch it is, and when it was frozen: mail programs hide a
                second mail of one Message-ID, so a corrected text needs another one.
            site_url: Where links of the reader's own lead.
        """
        self._issue = CompiledIssue(bytes(variant.compiled))
        self._edition = edition
        self._host = urlsplit(site_url).hostname or "localhost"
        self._sender = sender().addr_spec
        with override(variant.locale):
            self._unsubscribe = site_url + _path("unsubscribe")
            self._preferences = site_url + _path("preferences")
        self._language = variant.locale
        self._lists: dict[int, bytes] = {}

    def mail_to(self, addressee: Addressee, *, sent_at: datetime) -> Mail:
        """Returns the mail of a delivery; its Message-ID is the same however often it is sent.

        Raises:
            NoReaderError: when its reader was erased.
            ValueError: when the address would end a header.
        """
        token, subscriber = addressee.subscription_token, addressee.subscriber_uuid
        if token is None or subscriber is None or addressee.mailing_list_id is None:
            raise NoReaderError
        identifier = message_id(f"{self._edition} {addressee.address_hmac}", self._host)
        recipient = Recipient(
            address=addressee.address,
            message_id=identifier,
            list_id=self._list_id(addressee.mailing_list_id),
            unsubscribe_url=self._unsubscribe.replace(OWN_PART, token),
            preferences_url=self._preferences.replace(OWN_PART, preferences_token(subscriber)),
            unsubscribe_mailto=unsubscribe_mailto(token),
        )
        content = self._issue.for_recipient(recipient, sent_at=sent_at)
        has_dots = self._issue.has_lines_with_dots
        return Mail(identifier, self._sender, addressee.address, content, has_dots)

    def _list_id(self, key: int) -> bytes:
        """Returns the header that names a list (RFC 2919), made once for each."""
        if key not in self._lists:
            mailing_list = MailingList.objects.get(pk=key)
            text = mailing_list.text_in(self._language)
            name = text.name if text else mailing_list.slug
            value = f"{name} <{mailing_list.slug}.{self._host}>"
            self._lists[key] = header_lines({"List-ID": value})
        return self._lists[key]


def _path(name: str) -> str:
    return reverse(f"communication_newsletters:{name}", args=[OWN_PART])
