"""Says what is each recipient's own in an issue: address, links, and the headers of their list."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import override

from ..models import Delivery, DispatchVariant, MailingList
from ..returns import unsubscribe_mailto
from ..subscribers.links import preferences_token
from ..wire.mails import Mail
from .compiling import CompiledIssue, Recipient, header_lines
from .messages import message_id, sender

OWN_PART: Final = "own-part"
"""Stands in an address while it is made, for the tokens to come."""


class NoReaderError(Exception):
    """Whoever a mail was for is no longer known."""


class Addressing:
    """Writes mails for the deliveries of one issue in one language."""

    def __init__(self, variant: DispatchVariant, *, dispatch_uuid: str, site_url: str) -> None:
        self._issue = CompiledIssue(bytes(variant.compiled))
        self._dispatch = dispatch_uuid
        self._host = urlsplit(site_url).hostname or "localhost"
        self._sender = sender().addr_spec
        with override(variant.locale):
            self._unsubscribe = site_url + _path("unsubscribe")
            self._preferences = site_url + _path("preferences")
        self._language = variant.locale
        self._lists: dict[int, bytes] = {}

    def message_id_of(self, delivery: Delivery) -> str:
        """Returns the Message-ID, which is the same however often the mail is sent."""
        return message_id(f"{self._dispatch} {delivery.address_hmac}", self._host)

    def mail_to(self, delivery: Delivery, *, sent_at: datetime) -> Mail:
        """Returns the mail of a delivery, whose subscription, list and subscriber should be loaded.

        Raises:
            NoReaderError: when its reader was erased.
            ValueError: when the address would end a header.
        """
        subscription, subscriber = delivery.subscription, delivery.subscriber
        if subscription is None or subscriber is None:
            raise NoReaderError
        identifier = self.message_id_of(delivery)
        recipient = Recipient(
            address=delivery.address,
            message_id=identifier,
            list_id=self._list_id(subscription.mailing_list),
            unsubscribe_url=self._unsubscribe.replace(OWN_PART, subscription.token),
            preferences_url=self._preferences.replace(OWN_PART, preferences_token(subscriber.uuid)),
            unsubscribe_mailto=unsubscribe_mailto(subscription.token),
        )
        content = self._issue.for_recipient(recipient, sent_at=sent_at)
        return Mail(identifier, self._sender, delivery.address, content)

    def _list_id(self, mailing_list: MailingList) -> bytes:
        """Returns the header that names a list (RFC 2919), made once for each."""
        if mailing_list.pk not in self._lists:
            text = mailing_list.text_in(self._language)
            name = text.name if text else mailing_list.slug
            value = f"{name} <{mailing_list.slug}.{self._host}>"
            self._lists[mailing_list.pk] = header_lines({"List-ID": value})
        return self._lists[mailing_list.pk]


def _path(name: str) -> str:
    return reverse(f"communication_newsletters:{name}", args=[OWN_PART])
