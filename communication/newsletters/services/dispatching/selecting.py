"""Selects who gets a dispatch: all at once, nobody twice, each in the nearest language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)

from communication.delivery.enums import OutgoingState
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


def select_recipients(*, dispatch: Dispatch, now: datetime) -> int:
    """Writes a delivery for each reader of the lists, in one statement; returns how many.

    A correction goes to exactly those whose mail was accepted before. Who is selected twice, by
    two lists or by a second call, gets one mail: the database says so.
    """
    readers = _readers(dispatch)
    languages = readers.order_by().values_list("subscriber__locale", flat=True).distinct()
    rows = readers.order_by("mailing_list__sort_order", "mailing_list__slug", "pk").values_list(
        *_values(dispatch, list(languages), now).values()
    )
    return _insert(rows)


def readers_of(dispatch: Dispatch) -> "QuerySet[Any]":
    """Returns the subscriptions by which a dispatch would be sent now."""
    return _readers(dispatch)


def _readers(dispatch: Dispatch) -> "QuerySet[Any]":
    if dispatch.kind == DispatchKind.CORRECTION:
        accepted = Delivery.objects.filter(dispatch=dispatch.corrects_id).accepted()
        # whoever has unsubscribed since is selected, and left out for that reason at their turn
        return Subscription.objects.filter(pk__in=accepted.values("subscription"))
    lists = dispatch.mailing_lists.values("pk")
    return Subscription.objects.mailable().filter(mailing_list__in=lists)


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
