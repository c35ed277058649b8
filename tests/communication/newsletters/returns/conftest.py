"""A mail that was accepted, mails about it as programs write them, and the server they lie on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchState
from communication.newsletters.models import Delivery, Dispatch, DispatchVariant

from .imap_server import ImapServer

MAILS = Path(__file__).parent / "mails"
MESSAGE_ID = "<0123456789abcdef0123456789abcdef01234567@v2v.example>"


def make_delivery(subscription: Any, **fields: Any) -> Any:
    """Makes a delivery to the reader of a subscription, accepted an hour ago in a dispatch."""
    sent_at = timezone.now() - timedelta(hours=1)
    dispatch = fields.pop("dispatch", None)
    if dispatch is None:
        dispatch = Dispatch.objects.create(
            state=DispatchState.SENT, started_at=sent_at, finished_at=sent_at
        )
    variant, _created = DispatchVariant.objects.get_or_create(
        dispatch=dispatch, locale="en", defaults={"subject": "News in November"}
    )
    subscriber = subscription.subscriber
    facts = {
        "state": OutgoingState.ACCEPTED,
        "address": subscriber.address,
        "address_hmac": subscriber.hmac,
        "message_id": MESSAGE_ID,
        "first_attempt_at": sent_at,
        "finished_at": sent_at,
    }
    return Delivery.objects.create(
        dispatch=dispatch,
        variant=variant,
        subscriber=subscriber,
        subscription=subscription,
        **(facts | fields),
    )


@pytest.fixture
def delivery(subscription: Any) -> Any:
    """A mail to Ana, who reads the news."""
    return make_delivery(subscription)


@pytest.fixture
def server(settings: Any) -> Iterator[ImapServer]:
    """The mailbox to which mails come back."""
    server = ImapServer()
    server.start()
    settings.V2V_BOUNCE_MAILBOX = server.url
    yield server
    server.close()


def mail_about(name: str, message_id: str = MESSAGE_ID, token: str = "") -> bytes:
    """Returns one of the mails beside this module, as it arrives."""
    text = (MAILS / f"{name}.eml").read_text(encoding="utf-8")
    text = text.replace("MESSAGE-ID", message_id).replace("TOKEN", token)
    return text.replace("\n", "\r\n").encode()


def being_sent() -> dict[str, Any]:
    """Returns the fields of a delivery whose sender waits for the server's answer."""
    return {
        "state": OutgoingState.SENDING,
        "token": uuid4(),
        "leased_until": timezone.now() + timedelta(minutes=5),
        "finished_at": None,
    }
