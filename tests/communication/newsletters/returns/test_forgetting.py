"""Who got an issue is forgotten after a year; how many did is not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from communication.newsletters.enums import (
    ConsentSource,
    DeliveryEventKind,
    SubscriptionState,
)
from communication.newsletters.models import Delivery, DeliveryEvent, Dispatch, Subscription
from communication.newsletters.office.dispatches.figures import unsubscribed_since
from communication.newsletters.returns.jobs import DeliveryUpkeep
from communication.newsletters.services import forgetting_deliveries
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.unsubscribing import unsubscribe
from tests.newsletters import subscribed

from .conftest import make_delivery


def ended(delivery: Any, *, days_ago: int) -> Any:
    """Lets the dispatch of a delivery have ended long ago, with an event."""
    moment = timezone.now() - timedelta(days=days_ago)
    Dispatch.objects.filter(pk=delivery.dispatch_id).update(finished_at=moment)
    DeliveryEvent.objects.create(
        delivery=delivery,
        event_id=f"test {delivery.pk}",
        kind=DeliveryEventKind.DEFERRED,
        happened_at=moment,
    )
    return delivery


def counts() -> list[Any]:
    return list(
        Delivery.objects.order_by("state").values_list("state", "after_state").annotate(Count("pk"))
    )


def test_after_a_year_rows_name_nobody_and_figures_stay(delivery: Any) -> None:
    Delivery.objects.update(after_state="delivered")
    ended(delivery, days_ago=366)
    before = counts()

    assert DeliveryUpkeep().run_due(timezone.now()).done == 1

    delivery.refresh_from_db()
    assert (delivery.address, delivery.message_id) == ("", "")
    assert (delivery.subscriber, delivery.subscription) == (None, None)
    assert delivery.address_hmac
    assert not DeliveryEvent.objects.exists()
    assert counts() == before
    assert DeliveryUpkeep().run_due(timezone.now()).done == 0


def coming_back(delivery: Any) -> None:
    Subscription.objects.filter(pk=delivery.subscription_id).update(
        state=SubscriptionState.CONFIRMED, unsubscribed_at=None
    )


def growing_old(delivery: Any) -> None:
    ended(delivery, days_ago=366)
    assert DeliveryUpkeep().run_due(timezone.now()).done == 1


def being_erased(delivery: Any) -> None:
    erase(address=delivery.address, source=ConsentSource.LINK)


@pytest.mark.parametrize("becomes", [coming_back, growing_old, being_erased])
def test_how_many_have_left_stays_whatever_becomes_of_them(delivery: Any, becomes: Any) -> None:
    assert unsubscribed_since(delivery.dispatch) == 0
    theirs = [delivery.subscription]
    unsubscribe(subscriptions=theirs, source=ConsentSource.LINK, now=timezone.now())
    assert unsubscribed_since(delivery.dispatch) == 1

    becomes(delivery)

    assert unsubscribed_since(delivery.dispatch) == 1


def test_whoever_left_before_a_mail_came_has_not_left_since(delivery: Any, news: Any) -> None:
    theirs = [delivery.subscription]
    unsubscribe(subscriptions=theirs, source=ConsentSource.LINK, now=timezone.now())
    coming_back(delivery)

    later = make_delivery(delivery.subscription, message_id="<later@v2v.example>")

    assert (unsubscribed_since(delivery.dispatch), unsubscribed_since(later.dispatch)) == (1, 0)


@pytest.mark.parametrize(("months", "number"), [(12, 0), (3, 1)])
def test_how_long_names_are_kept_is_a_setting(
    delivery: Any, settings: Any, months: int, number: int
) -> None:
    ended(delivery, days_ago=100)
    settings.V2V_DELIVERIES_KEPT_MONTHS = months

    assert DeliveryUpkeep().run_due(timezone.now()).done == number


def test_a_dispatch_that_has_not_ended_keeps_its_readers(delivery: Any) -> None:
    Dispatch.objects.update(finished_at=None)

    assert DeliveryUpkeep().run_due(timezone.now() + timedelta(days=3_000)).done == 0


def test_many_rows_are_forgotten_step_by_step(
    delivery: Any, news: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        reader = subscribed(f"reader-{number}@school.example", news)
        make_delivery(reader, dispatch=delivery.dispatch, message_id=f"<{number}@v2v.example>")
    ended(delivery, days_ago=366)
    monkeypatch.setattr(forgetting_deliveries, "AT_ONCE", 2)
    job, now = DeliveryUpkeep(), timezone.now()

    steps = [job.run_due(now) for _step in range(4)]

    assert [step.done for step in steps] == [2, 2, 1, 0]
    assert steps[0].next_due_at == now
    assert steps[-1].next_due_at == now + timedelta(hours=1)
