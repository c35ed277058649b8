"""Answers sign-ups by mail. Here, where no visitor waits, it is found out who asked."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from v2v_snippets.language.locales import content_language

from ..enums import ConsentAction, ConsentSource, SignUpPurpose, SubscriptionState
from ..models import MailingList, SignUp, Subscriber, Subscription
from ..rendering.letters import confirmation_letter, preferences_letter
from ..rendering.messages import Letter, build_mail
from ..selectors import is_suppressed, site_url, subscriber_of
from ..transports import load_transport
from ..wire.mails import NotAcceptedError, UncertainError
from ..wire.verdicts import Verdict, verdict_on
from .dispatching.pacing import note_letters
from .records import record

logger = logging.getLogger(__name__)

A_DAY: Final = timedelta(days=1)
A_MONTH: Final = timedelta(days=30)
PER_MONTH: Final = 3
"""Letters to one mailbox in a month, over all lists; one a day."""

PER_DOMAIN: Final = 200
"""Letters to one domain in a day, unless ``V2V_SIGN_UPS_PER_DOMAIN`` says otherwise."""

CLAIM: Final = timedelta(minutes=5)
"""How long a worker has for one letter before another one tries."""
LATER: Final = timedelta(hours=1)
"""When the next letter to a busy domain is tried."""
PAUSES: Final = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]
"""After each failure; then the letter is given up."""


def claim_sign_up(*, now: datetime) -> SignUp | None:
    """Takes the sign-up that has waited longest; None if none is due."""
    with transaction.atomic():
        due = SignUp.objects.due(now).select_for_update(skip_locked=True)
        found = due.order_by("next_attempt_at", "pk").first()
        if found is not None:
            found.next_attempt_at = now + CLAIM
            found.save(update_fields=["next_attempt_at"])
    return found


def answer_sign_up(*, sign_up: SignUp, now: datetime) -> bool:
    """Sends the letter that a claimed sign-up asks for, if it may be sent.

    Returns:
        Whether it was sent.

    Raises:
        NotAcceptedError: when the letter was not taken; it is tried again unless that is useless.
    """
    with transaction.atomic():
        letter = _letter_for(sign_up, now)
    if letter is None:
        return False
    mail = build_mail(letter, recipient=sign_up.address, site_url=site_url())
    try:
        with load_transport().open() as channel:
            channel.deliver(mail)
    except UncertainError:
        # they may have it, and can ask again tomorrow: two letters would break the limit
        logger.warning("The letter for sign-up %s may not have arrived", sign_up)
    except NotAcceptedError as error:
        is_useless = verdict_on(error) in {Verdict.REFUSED, Verdict.BAD_ADDRESS}
        _try_again(sign_up, now, is_useless=is_useless)
        raise
    _close(sign_up)
    note_letters(number=1, now=now)
    return True


def put_off_sign_up(*, sign_up: SignUp, now: datetime) -> None:
    """Tries later what failed for no fault of the address."""
    _try_again(sign_up, now, is_useless=False)


def _letter_for(sign_up: SignUp, now: datetime) -> Letter | None:
    """Decides, and writes the records that the letter speaks of."""
    # whoever else answers for the same mailbox waits here, and then counts this letter
    same = SignUp.objects.select_for_update().filter(mailbox_hash=sign_up.mailbox_hash)
    others = [each.mailed_at for each in same.order_by("pk") if each.pk != sign_up.pk]
    if is_suppressed(sign_up.address) or _has_enough(others, now):
        _close(sign_up)
        return None
    if _is_busy(sign_up, now):
        SignUp.objects.filter(pk=sign_up.pk).update(next_attempt_at=now + LATER)
        return None
    sign_up.locale = content_language(sign_up.locale)  # the site may speak fewer by now
    letter = _prepare(sign_up, now)
    if letter is None:
        _close(sign_up)
        return None
    # counted when it is due, not when it was sent: a failure does not make it two
    SignUp.objects.filter(pk=sign_up.pk, mailed_at=None).update(mailed_at=now)
    return letter


def _has_enough(others: list[datetime | None], now: datetime) -> bool:
    """Tells whether a mailbox has had its letters, by the times of all others to it."""
    mailed = [moment for moment in others if moment is not None]
    today = [moment for moment in mailed if moment > now - A_DAY]
    this_month = [moment for moment in mailed if moment > now - A_MONTH]
    return bool(today) or len(this_month) >= PER_MONTH


def _is_busy(sign_up: SignUp, now: datetime) -> bool:
    most = getattr(settings, "V2V_SIGN_UPS_PER_DOMAIN", PER_DOMAIN)
    to_domain = SignUp.objects.filter(domain_hash=sign_up.domain_hash).exclude(pk=sign_up.pk)
    return to_domain.mailed_since(now - A_DAY).count() >= most


def _prepare(sign_up: SignUp, now: datetime) -> Letter | None:
    if sign_up.purpose == SignUpPurpose.LINK:
        known = subscriber_of(sign_up.address)
        return preferences_letter(sign_up, known, site_url=site_url(), now=now) if known else None
    wanted = list(MailingList.objects.open().with_texts().filter(pk__in=sign_up.lists))
    if not wanted:
        return None  # they were closed meanwhile
    subscriber, _created = Subscriber.objects.get_or_create(
        address=sign_up.address, defaults={"hmac": sign_up.hmac, "locale": sign_up.locale}
    )
    # a subscriber of long ago may be known under an older key
    SignUp.objects.filter(pk=sign_up.pk).update(hmac=subscriber.hmac)
    waiting = _request(subscriber, wanted, sign_up, now)
    if not waiting:
        return preferences_letter(sign_up, subscriber, site_url=site_url(), now=now)
    lists = [each.mailing_list for each in waiting]
    return confirmation_letter(sign_up, lists, site_url=site_url(), now=now)


def _request(
    subscriber: Subscriber, lists: list[MailingList], sign_up: SignUp, now: datetime
) -> list[Subscription]:
    """Lets subscriptions wait for a confirmation; those that are confirmed stay as they are."""
    known = {each.mailing_list_id: each for each in subscriber.subscriptions.select_for_update()}
    waiting = []
    for mailing_list in lists:
        each = known.get(mailing_list.pk) or Subscription(
            subscriber=subscriber, mailing_list=mailing_list
        )
        if each.state == SubscriptionState.CONFIRMED:
            continue
        each.mailing_list, each.subscriber = mailing_list, subscriber
        each.state, each.requested_at = SubscriptionState.PENDING, now
        each.consent_text = sign_up.consent_text
        each.save()
        waiting.append(each)
    if sign_up.mailed_at is None:
        record(
            subscriptions=waiting,
            action=ConsentAction.REQUESTED,
            source=ConsentSource(sign_up.source),
            text=sign_up.consent_text,
        )
    return waiting


def _try_again(sign_up: SignUp, now: datetime, *, is_useless: bool) -> None:
    if is_useless or sign_up.attempts >= len(PAUSES):
        _close(sign_up)
        return
    pause = PAUSES[sign_up.attempts]
    SignUp.objects.filter(pk=sign_up.pk).update(
        attempts=sign_up.attempts + 1, next_attempt_at=now + pause
    )


def _close(sign_up: SignUp) -> None:
    """Forgets the address; the hashes stay for as long as the limits count."""
    SignUp.objects.filter(pk=sign_up.pk).update(address="", next_attempt_at=None)
