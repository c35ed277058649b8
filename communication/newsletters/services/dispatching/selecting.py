"""Selects who gets a dispatch: all at once, nobody twice, each in the nearest language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
    When,
)
from wagtail.models import Page

from communication.delivery.enums import UNFINISHED_STATES, OutgoingState
from v2v_snippets.language.fallback import best_of

from ...enums import DispatchKind
from ...models import Delivery, Dispatch, Subscription

OWN_COLUMNS: Final = (
    "state",
    "attempts",
    "last_error",
    "message_id",
    "enhanced_code",
    "skip_reason",
    "after_state",
    "created_at",
    "next_attempt_at",
    "dispatch_id",
    "variant_id",
    "subscriber_id",
    "subscription_id",
    "address",
    "address_hmac",
)


HAVE_IT: Final = (OutgoingState.ACCEPTED, OutgoingState.UNCERTAIN, *UNFINISHED_STATES)
"""In which a mail has gone, may have gone, or is about to go."""


@transaction.atomic(savepoint=False)
def select_recipients(*, dispatch: Dispatch, now: datetime) -> int:
    """Writes a delivery for each reader of the lists, in one statement; returns how many.

    Whoever has got the issue by another dispatch is left out, unless this one is to repeat it. A
    correction goes to exactly those whose mail was accepted with the mistake. Who is selected
    twice, by two lists or by a second call, gets one mail: the database says so.
    """
    # of two dispatches of an issue that begin at once, the second sees whom the first has selected
    list(Page.objects.select_for_update().filter(pk=dispatch.page_id).values_list("pk"))
    readers = _readers(dispatch)
    languages = readers.order_by().values_list("subscriber__locale", flat=True).distinct()
    rows = readers.order_by("mailing_list__sort_order", "mailing_list__slug", "pk").values_list(
        *_values(dispatch, list(languages), now).values()
    )
    return _insert(rows)


def readers_of(dispatch: Dispatch) -> "QuerySet[Any]":
    """Returns the subscriptions by which a dispatch would be sent now."""
    return _readers(dispatch)


def number_who_have(page: Page) -> int:
    """Returns how many of those who may be written to have got an issue, or are about to get it."""
    keys = list(_dispatches_of(page.pk).values_list("pk", flat=True))
    if not keys:
        return 0
    reached = Subscription.objects.mailable().filter(_have_it(keys))
    return int(reached.order_by().values("subscriber").distinct().count())


def _dispatches_of(page: int | None) -> "QuerySet[Any]":
    """Returns the dispatches of an issue, whichever of its versions they name."""
    same = Page.objects.filter(pk=page).values("translation_key")
    return Dispatch.objects.filter(page__translation_key__in=same)


def _have_it(dispatches: Sequence[int]) -> Exists:
    """Asks of a subscription whether its reader has a mail of one of these dispatches.

    By the hmac, which stays when the row forgets its reader.
    """
    mails = Delivery.objects.filter(address_hmac=OuterRef("subscriber__hmac"))
    return Exists(mails.filter(dispatch__in=dispatches, state__in=HAVE_IT))


def _readers(dispatch: Dispatch) -> "QuerySet[Any]":
    if dispatch.kind == DispatchKind.CORRECTION:
        accepted = Delivery.objects.filter(dispatch=dispatch.corrects_id).accepted()
        if dispatch.faulty_until is not None:
            accepted = accepted.with_text_until(dispatch.faulty_until)
        # whoever has unsubscribed since is selected, and left out for that reason at their turn
        return Subscription.objects.filter(pk__in=accepted.values("subscription"))
    lists = dispatch.mailing_lists.values("pk")
    readers = Subscription.objects.mailable().filter(mailing_list__in=lists)
    if dispatch.is_repeated:
        return readers
    others = _dispatches_of(dispatch.page_id).exclude(pk=dispatch.pk)
    keys = list(others.values_list("pk", flat=True))
    return readers.exclude(_have_it(keys)) if keys else readers


def _values(dispatch: Dispatch, languages: Sequence[str], now: datetime) -> dict[str, Any]:
    """Returns the expression for each column, in the order of ``OWN_COLUMNS``."""
    empty = Value("", CharField())
    moment = Value(now, DateTimeField())
    return dict(
        zip(
            OWN_COLUMNS,
            (
                Value(OutgoingState.QUEUED.value, CharField()),
                Value(0, IntegerField()),
                Value("", TextField()),
                *(empty for _column in OWN_COLUMNS[3:7]),
                moment,
                moment,
                Value(dispatch.pk, BigIntegerField()),
                _variant_by_language(dispatch, languages),
                F("subscriber_id"),
                F("pk"),
                F("subscriber__address"),
                F("subscriber__hmac"),
            ),
            strict=True,
        )
    )


def _variant_by_language(dispatch: Dispatch, languages: Sequence[str]) -> Case:
    """Returns what finds the frozen language for a reader: no reader is without one."""
    variants = dict(dispatch.variants.values_list("locale", "pk"))
    nearest = {language: best_of(variants, language) for language in languages}
    return Case(
        *(
            When(subscriber__locale=language, then=Value(variant))
            for language, variant in nearest.items()
        ),
        default=Value(min(variants.values())),
        output_field=BigIntegerField(),
    )


def _insert(rows: "QuerySet[Any]") -> int:
    """Writes what a query returns; Django knows no such statement of its own."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in OWN_COLUMNS)
    select, parameters = rows.query.sql_with_params()
    into = f"{quote(Delivery._meta.db_table)} ({columns})"
    statement = " ".join(("INSERT INTO", into, select, "ON CONFLICT DO NOTHING"))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
