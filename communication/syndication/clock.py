"""What time alone changes: pages go live and expire, consents end, reviews and events fall due."""

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import Page

from .enums import ChangeReason
from .models import PublicItem
from .notes import Notes
from .watched import base_model


def next_boundary_at(now: datetime) -> datetime:
    """Returns the next moment at which time alone changes an answer: two queries.

    Midnight is always one, since consents, reviews and events go by days: what a page of the site
    lists as coming is past then, whatever lists it.
    """
    after_now = Q(next_boundary_at__gt=now)
    items = PublicItem.objects.filter(after_now).aggregate(first=Min("next_boundary_at"))
    # those that hide others and are no items themselves
    live_pages = Page.objects.filter(live=True).aggregate(
        first=Min("go_live_at", filter=Q(go_live_at__gt=now)),
        last=Min("expire_at", filter=Q(expire_at__gt=now)),
    )
    moments = [items["first"], live_pages["first"], live_pages["last"], _midnight_after(now)]
    return min(moment for moment in moments if moment is not None)


def note_what_time_changed(notes: Notes, *, since: datetime, now: datetime) -> None:
    """Notes what time has changed between two moments.

    Once a day everything is looked at, so that what went past the log does not do so for long.
    """
    notes.is_moving = True
    due = PublicItem.objects.filter(next_boundary_at__lte=now).values_list("page_id", flat=True)
    # an editor's own change of the same page, in this very transaction, says more
    notes.pages = dict.fromkeys(due, ChangeReason.EXPIRED) | notes.pages
    passed = {"gt": since, "lte": now}
    for name, reason in (("expire_at", ChangeReason.EXPIRED), ("go_live_at", ChangeReason.OWN)):
        moments = {f"{name}__{lookup}": moment for lookup, moment in passed.items()}
        pages = Page.objects.filter(live=True, **moments).values_list("pk", flat=True)
        notes.pages = dict.fromkeys(pages, reason) | notes.pages
    first, last = timezone.localdate(since), timezone.localdate(now)
    if first != last:
        notes.is_whole = True
        notes.records |= {(model, str(pk)) for model, pk in _consents_between(first, last)}


def _consents_between(first: Any, last: Any) -> list[tuple[Any, Any]]:
    if not apps.is_installed("v2v_snippets"):
        return []
    consent: Any = apps.get_model("v2v_snippets", "PersonConsent")
    found = consent.objects.changed_between(first, last).values_list("pk", flat=True)
    return [(base_model(consent), pk) for pk in found]


def _midnight_after(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
