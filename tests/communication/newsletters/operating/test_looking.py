"""What the office sees of a sending: how far it is, what became of it, and whom it may name."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import AfterState, ConsentSource, DispatchState, SkipReason
from communication.newsletters.models import Delivery, Dispatch, Subscription
from communication.newsletters.services.dispatching.scheduling import start
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.unsubscribing import unsubscribe
from tests import dispatches
from tests.dispatches import scheduled_dispatch, send
from tests.newsletters import subscribed

from ..office import FILES, SUBSCRIBERS, path, someone
from .places import done, remembered, shown, where

OUTCOMES: dict[str, dict[str, Any]] = {
    "ok@school.example": {"state": OutgoingState.ACCEPTED},
    "gone@school.example": {
        "state": OutgoingState.FAILED,
        "smtp_code": 550,
        "enhanced_code": "5.1.1",
        "last_error": "550 5.1.1",
    },
    "maybe@school.example": {"state": OutgoingState.UNCERTAIN},
    "left@school.example": {
        "state": OutgoingState.SKIPPED,
        "skip_reason": SkipReason.UNSUBSCRIBED,
    },
}


@pytest.fixture
def mixed(news: Any) -> Dispatch:
    """A sending of which everything became that can."""
    dispatches.written[:] = ["en", "it"]
    for address in OUTCOMES:
        locale = "it" if address.startswith("ok") else "en"
        subscribed(address, news, subscriber__locale=locale)
    dispatch = scheduled_dispatch(news)
    send(dispatch)
    for address, facts in OUTCOMES.items():
        Delivery.objects.filter(address=address).update(**facts)
    Dispatch.objects.update(state=DispatchState.SENT_UNCERTAIN)
    dispatch.refresh_from_db()
    return dispatch


def figure(page: str, name: str) -> int:
    """Returns a number of the page."""
    return int(page.split(f"<dt>{name}</dt> <dd>")[1].split("</dd>", maxsplit=1)[0])


def test_every_recipient_is_in_exactly_one_figure(sender: Client, mixed: Dispatch) -> None:
    page = shown(sender, "inspect", mixed)

    names = ("Recipients", "Accepted", "Uncertain", "Failed", "Left out")
    assert [figure(page, name) for name in names] == [4, 1, 1, 1, 1]
    assert "Bounces are not measured." in page
    assert "<dt>Bounced</dt>" not in page


def test_the_chart_has_a_table_that_says_the_same(sender: Client, mixed: Dispatch) -> None:
    page = shown(sender, "inspect", mixed)

    chart = page.split("<svg viewBox")[1].split("</svg>")[0]
    assert 'role="img"' in chart
    assert "The table below says the same." in chart
    assert [chart.count(f'class="{kind}"') for kind in ("accepted", "failed", "uncertain")] == [
        1,
        1,
        1,
    ]
    table = page.split("The same as a table")[1].split("</table>")[0]
    cells = "<td>English</td> <td>3</td> <td>0</td> <td>0</td> <td>1</td> <td>1</td> <td>1</td>"
    assert cells in table
    assert "<td>italiano</td> <td>1</td> <td>1</td>" in table


def test_bounces_are_shown_where_somebody_measures_them(
    sender: Client, mixed: Dispatch, settings: Any
) -> None:
    settings.V2V_BOUNCE_MAILBOX = "imaps://mail.school.example/INBOX"
    Delivery.objects.filter(state=OutgoingState.ACCEPTED).update(after_state=AfterState.BOUNCED)

    page = shown(sender, "inspect", mixed)

    assert figure(page, "Bounced") == 1
    assert figure(page, "Delivered") == 0
    assert "Bounces are not measured." not in page


def test_those_who_left_since_are_counted(sender: Client, sent: Dispatch, news: Any) -> None:
    assert figure(shown(sender, "inspect", sent), "Unsubscribed since") == 0
    one = Subscription.objects.filter(mailing_list=news)[:1]
    unsubscribe(
        subscriptions=Subscription.objects.filter(pk__in=list(one.values_list("pk", flat=True))),
        source=ConsentSource.LINK,
        now=timezone.now(),
    )

    assert figure(shown(sender, "inspect", sent), "Unsubscribed since") == 1


def test_progress_says_how_far_it_is_and_when_it_ends(sender: Client, news: Any) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    page = shown(sender, "inspect", dispatch)
    assert "to 3 readers" in page
    assert "Expected to be done by" in page
    Dispatch.objects.update(scheduled_for=timezone.now() - timedelta(seconds=1))
    dispatch.refresh_from_db()
    start(dispatch=dispatch, now=timezone.now())
    Delivery.objects.filter(address="r0@school.example").update(
        state=OutgoingState.ACCEPTED, next_attempt_at=None, finished_at=timezone.now()
    )

    page = shown(sender, "inspect", dispatch)

    assert "1 of 3 mails" in page
    assert 'max="3" value="1"' in page
    assert "Show how far it is" in page
    assert 'data-waiting="sending"' in page
    assert "communication_newsletters/progress.js" in page


def test_what_has_ended_is_not_loaded_again(sender: Client, sent: Dispatch) -> None:
    page = shown(sender, "inspect", sent)

    assert "Show how far it is" not in page
    assert "progress.js" not in page


def test_names_are_for_those_who_may_see_subscribers(mixed: Dispatch) -> None:
    figures, masked, whole = (
        someone("view_dispatch", *more)
        for more in ((), ("view_subscriber",), ("view_subscriber", "see_addresses"))
    )

    assert "school.example" not in shown(figures, "inspect", mixed)
    assert figures.get(where("recipients", mixed)).status_code == 302
    for name in ("inspect", "recipients"):
        page = shown(masked, name, mixed)
        assert ("g•••@school.example" in page, "gone@" in page) == (True, False)
        assert "there is no such mailbox (550 5.1.1)" in page
        assert "gone@school.example" in shown(whole, name, mixed)


def test_recipients_are_found_by_what_became_of_them(mixed: Dispatch) -> None:
    seer = someone("view_dispatch", "view_subscriber", "see_addresses")

    page = shown(seer, "recipients", mixed, state="skipped")

    assert "left@school.example" in page
    assert "unsubscribed meanwhile" in page
    assert "ok@school.example" not in page
    assert "ok@school.example" in shown(seer, "recipients", mixed, state="no such state")


def test_the_file_of_recipients_is_for_those_who_may_take_it_away(
    mixed: Dispatch, issue: Any
) -> None:
    others = someone("send_dispatch", "view_dispatch", "view_subscriber", "see_addresses")
    assert others.get(where("recipients_file", mixed)).status_code == 302
    assert where("recipients_file", mixed) not in shown(others, "inspect", mixed)
    assert remembered() == []

    answer = someone("export_subscriber").get(where("recipients_file", mixed))

    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    found = {row["address"]: (row["language"], row["list"], row["state"]) for row in rows}
    assert found["ok@school.example"] == ("it", "news", "accepted")
    assert found["gone@school.example"] == ("en", "news", "failed")
    assert next(row["reason"] for row in rows if row["state"] == "skipped") == (
        "unsubscribed meanwhile"
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert remembered() == [("export_recipients", issue.title)]


def test_no_address_is_a_formula_in_the_file(mixed: Dispatch) -> None:
    Delivery.objects.filter(address="ok@school.example").update(address="=1+1@school.example")

    answer = someone("export_subscriber").get(where("recipients_file", mixed))

    assert "\n'=1+1@school.example," in answer.getvalue().decode()


def test_whoever_was_erased_stays_in_the_figures_without_a_name(
    sender: Client, mixed: Dispatch
) -> None:
    erase(address="gone@school.example", source=ConsentSource.OFFICE)

    page = shown(sender, "inspect", mixed)

    assert figure(page, "Recipients") == 4
    assert "erased" in page
    assert "g•••" not in page


def test_pages_cost_the_same_for_two_recipients_and_for_many(news: Any, count_queries: Any) -> None:
    seer = someone("send_dispatch", "view_subscriber", "see_addresses", "export_subscriber")
    few = scheduled_dispatch(news, readers=2)
    send(few)
    for number in range(20):
        subscribed(f"more{number}@school.example", news)
    many = scheduled_dispatch(news)
    send(many)
    Delivery.objects.filter(address__startswith="r").update(state=OutgoingState.FAILED)
    Delivery.objects.filter(dispatch=many).update(state=OutgoingState.UNCERTAIN)
    Delivery.objects.filter(dispatch=few).update(state=OutgoingState.UNCERTAIN)

    for name in ("inspect", "recipients"):
        shown(seer, name, few)
        costs = [count_queries(lambda d=d, n=name: shown(seer, n, d)) for d in (few, many)]
        assert costs[0] == costs[1], name
    seer.get(where("recipients_file", few)).getvalue()
    files = [
        count_queries(lambda d=d: seer.get(where("recipients_file", d)).getvalue())
        for d in (few, many)
    ]
    assert files[0] == files[1]


def test_the_list_of_sendings_costs_the_same_for_one_and_for_many(
    sender: Client, news: Any, count_queries: Any, issue: Any
) -> None:
    scheduled_dispatch(news)
    assert issue.title in shown(sender, "index")
    few = count_queries(lambda: shown(sender, "index"))
    for _number in range(5):
        scheduled_dispatch(news)
    assert count_queries(lambda: shown(sender, "index")) == few


def test_sendings_are_seen_by_those_who_may_see_or_send_them(sent: Dispatch) -> None:
    for right in ("view_dispatch", "send_dispatch"):
        shown(someone(right), "index")
        shown(someone(right), "inspect", sent)
    stranger = someone("view_subscriber", "see_addresses", "export_subscriber")
    for name in ("index", "issues"):
        assert stranger.get(where(name)).status_code == 302
    assert stranger.get(where("inspect", sent)).status_code == 302


def test_the_history_says_who_did_what(sender: Client, news: Any) -> None:
    dispatch = scheduled_dispatch(news)
    done(sender, "undo", dispatch)

    page = shown(sender, "history", dispatch)

    assert "Took the schedule back; nothing was sent" in page
    assert "somebody-" in page


def test_exports_and_erasures_of_subscribers_are_remembered_without_a_name(news: Any) -> None:
    one = subscribed("ana@school.example", news).subscriber
    office = someone("export_subscriber", "erase_subscriber", "view_subscriber")

    office.get(path(f"{FILES}:export"))
    office.get(path(f"{FILES}:erase", one.pk))
    assert remembered() == [("export", "News")]
    office.post(path(f"{FILES}:erase", one.pk))

    assert remembered() == [("export", "News"), ("erase", one.hmac[:12])]
    assert office.get(path(f"{SUBSCRIBERS}:index")).status_code == 200
