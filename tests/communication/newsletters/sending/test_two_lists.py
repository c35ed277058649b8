"""Who reads several of a dispatch's lists gets one mail, and is a reader of each of them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from communication.newsletters.enums import ConsentSource, SkipReason
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from communication.newsletters.services.unsubscribing import unsubscribe
from communication.newsletters.transports.memory import outbox
from tests.dispatches import NOON, Days, ready_dispatch, states_of
from tests.newsletters import MailingListFactory, SubscriptionFactory

from .wire import Wire, once_at

VICTIM = "r1@school.example"


@pytest.fixture
def dispatch(news: Any) -> Dispatch:
    """One to two lists, both of which the second reader has."""
    stories = MailingListFactory(slug="stories")
    dispatch = ready_dispatch(news, readers=2, per_minute=1)
    dispatch.mailing_lists.add(stories)
    reader = news.subscriptions.get(subscriber__address=VICTIM).subscriber
    for mailing_list in (stories, MailingListFactory(slug="other")):
        SubscriptionFactory(mailing_list=mailing_list, subscriber=reader)
    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)
    return dispatch


def leave(*slugs: str) -> None:
    """Ends subscriptions of the second reader."""
    reader = Delivery.objects.get(address=VICTIM).subscriber
    assert reader is not None
    theirs = reader.subscriptions.filter(mailing_list__slug__in=slugs)
    unsubscribe(subscriptions=theirs, source=ConsentSource.LINK, now=NOON)


def test_who_leaves_one_list_meanwhile_gets_it_as_a_reader_of_the_other(dispatch: Dispatch) -> None:
    days = Days()
    days.step()
    assert states_of(dispatch) == {"r0": "accepted", "r1": "queued"}
    leave("news")

    days.run_until_done(dispatch)

    assert [mail.recipient for mail in outbox] == ["r0@school.example", VICTIM]
    delivery = dispatch.deliveries.get(address=VICTIM)
    assert delivery.subscription is not None
    assert (delivery.state, delivery.attempts) == ("accepted", 1)
    assert delivery.subscription.mailing_list.slug == "stories"
    assert delivery.subscription.token in outbox[1].content.decode(), "It ends the right one."


def test_who_leaves_both_is_left_out_whatever_else_they_read(dispatch: Dispatch) -> None:
    days = Days()
    days.step()
    leave("news", "stories")

    days.run_until_done(dispatch)

    assert [mail.recipient for mail in outbox] == ["r0@school.example"]
    delivery = dispatch.deliveries.get(address=VICTIM)
    assert (delivery.state, delivery.skip_reason) == ("skipped", SkipReason.UNSUBSCRIBED)


@pytest.fixture
def wire(settings: Any) -> Iterator[type[Wire]]:
    settings.V2V_MAIL_TRANSPORT = f"{Wire.__module__}.Wire"
    Wire.ledger, Wire.ids, Wire.happens = Counter(), [], None
    yield Wire
    Wire.happens = None


def test_it_is_one_mail_also_where_the_worker_has_it_in_hand(
    dispatch: Dispatch, wire: type[Wire]
) -> None:
    Dispatch.objects.update(per_minute=None)
    wire.happens = once_at("before the dot", "r0@school.example", lambda: leave("news"))

    Days().run_until_done(dispatch)

    assert wire.ledger == {"r0@school.example": 1, VICTIM: 1}
    assert states_of(dispatch) == {"r0": "accepted", "r1": "accepted"}
