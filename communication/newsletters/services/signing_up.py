"""Takes what visitors leave in forms and in the API, the same for every address."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction

from ..enums import ConsentSource, SignUpPurpose
from ..models import ConsentText, MailingList, SignUp, Subscriber
from ..selectors import consent_text
from ..subscribers.addresses import address_hmac, domain_of, keyed, mailbox_of
from ..subscribers.stamps import StaleStampError, Wording

PER_NETWORK: Final = 30
"""Sign-ups from one network on one day, unless ``V2V_SIGN_UPS_PER_NETWORK`` says otherwise."""


class TooManySignUpsError(Exception):
    """One network has sent as many forms today as anybody may."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants: a normalised address is to get these lists in this language."""

    address: str
    locale: str
    lists: Sequence[MailingList]
    text: ConsentText
    """What they agreed to."""
    source: ConsentSource


def agreed_text(*, wording: Wording) -> ConsentText:
    """Returns the record of the wording that somebody saw and agreed to.

    Raises:
        StaleStampError: when the words have changed without a new version, as ours may do as long
            as a site has none of its own.
    """
    found = ConsentText.objects.filter(version=wording.version, locale=wording.language).first()
    text = found or consent_text(wording.language)
    same = (text.version, text.locale) == (wording.version, wording.language)
    if not same or not text.hash.startswith(wording.digest):
        raise StaleStampError
    if found is None:
        _keep(text)
        return ConsentText.objects.get(version=text.version, locale=text.locale)
    return found


def sign_up(*, request: Request, network: str, now: datetime) -> SignUp:
    """Keeps a request to subscribe, which a worker answers by mail.

    Nothing here depends on whether the address is known.

    Args:
        request: What somebody wants.
        network: As ``networks.network_of()`` returns it; "" is not counted.
        now: The time.

    Raises:
        TooManySignUpsError: when the network has had its share for today.
    """
    most = getattr(settings, "V2V_SIGN_UPS_PER_NETWORK", PER_NETWORK)
    if network and SignUp.objects.from_network(network).count() >= most:
        raise TooManySignUpsError
    return SignUp.objects.create(
        **_hashes(request.address),
        network_hash=network,
        locale=request.locale,
        lists=[each.pk for each in request.lists],
        consent_text=request.text,
        source=request.source,
        next_attempt_at=now,
    )


def ask_for_link(*, subscriber: Subscriber, now: datetime) -> SignUp:
    """Keeps a request for a fresh link to somebody's preferences; the same limits hold."""
    return SignUp.objects.create(
        **_hashes(subscriber.address),
        purpose=SignUpPurpose.LINK,
        locale=subscriber.locale,
        source=ConsentSource.PREFERENCES,
        next_attempt_at=now,
    )


def _hashes(address: str) -> dict[str, str]:
    return {
        "address": address,
        "hmac": address_hmac(address),
        "mailbox_hash": keyed("address", mailbox_of(address)),
        "domain_hash": keyed("domain", domain_of(address)),
    }


def _keep(text: ConsentText) -> None:
    # unless somebody else was the first to agree, at the same moment
    with suppress(IntegrityError), transaction.atomic():
        text.save()
