"""Editors are reminded by mail of reviews that are due and of consents that have ended: once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.factories import NewsPageFactory, PersonConsentFactory
from tests.refusing_mail import mail_is_refused
from tests.repository import add_article
from tests.sites import build_site
from v2v_pages.jobs import ConsentReminding, Reminding, ReviewReminding
from v2v_pages.models import (
    ConsentReminder,
    NewsIndexPage,
    NewsPage,
    RepositoryArticlePage,
    ReviewReminder,
)
from v2v_snippets.models import PersonConsent

pytestmark = pytest.mark.django_db


def person(name: str = "ana", **fields: Any) -> Any:
    return get_user_model().objects.create_superuser(
        username=name, email=f"{name}@v2v.example", password="x", **fields
    )


def quoting(*consents: PersonConsent, **fields: Any) -> Any:
    body = [
        ("quote", {"quote": "We built a bench.", "consent": consent, "source": ""})
        for consent in consents
    ]
    page = NewsPageFactory(parent=NewsIndexPage.objects.first(), body=body, **fields)
    page.save()  # the index of references follows what is saved whole
    return page


def ended(**fields: Any) -> PersonConsent:
    return PersonConsentFactory(person_name="Bob Example", **(fields or {"ended": True}))


def drain(job: Reminding) -> int:
    """Sends until nothing is due; returns how many mails this worker sent."""
    done = 0
    while (step := job.run_due(timezone.now())).done or step.failed:
        done += step.done
    return done


class Occasion(NamedTuple):
    """Something that Ana is to be reminded of, and what is left of it when it is over."""

    job: Reminding
    happen: Callable[[], None]
    end: Callable[[], Any]


def a_consent_ends() -> None:
    build_site("it")
    quoting(ended(), owner=person())


OCCASIONS = [
    pytest.param(
        Occasion(
            ReviewReminding(),
            lambda: add_article(due=True, responsible=person()),
            lambda: RepositoryArticlePage.objects.update(review_on=date(2121, 5, 1)),
        ),
        id="review",
    ),
    pytest.param(
        Occasion(
            ConsentReminding(),
            a_consent_ends,
            lambda: PersonConsent.objects.update(valid_until=date(2121, 5, 1)),
        ),
        id="consent",
    ),
]
on_each_occasion = pytest.mark.parametrize("occasion", OCCASIONS)


@on_each_occasion
def test_a_refused_mail_is_tried_again(
    occasion: Occasion, settings: Any, time_machine: Any
) -> None:
    occasion.happen()
    with mail_is_refused(settings):
        assert drain(occasion.job) == 0

    assert "Refused" in occasion.job.occasion.model.objects.get().error
    assert drain(occasion.job) == 0, "The server is left in peace for some minutes."
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    assert drain(occasion.job) == 1


@on_each_occasion
def test_what_is_over_before_the_server_takes_the_mail_is_not_mailed(
    occasion: Occasion, settings: Any, time_machine: Any
) -> None:
    occasion.happen()
    with mail_is_refused(settings):
        drain(occasion.job)
    occasion.end()
    time_machine.move_to(timezone.now() + timedelta(minutes=6))

    assert drain(occasion.job) == 0
    assert mail.outbox == []
    assert not occasion.job.occasion.model.objects.exists()


@on_each_occasion
def test_an_interrupted_reminder_is_not_sent_twice(occasion: Occasion) -> None:
    occasion.happen()
    drain(occasion.job)
    occasion.job.occasion.model.objects.update(sent_at=None)

    assert drain(occasion.job) == 0


@pytest.mark.django_db(transaction=True)
@on_each_occasion
def test_two_workers_send_one_mail(occasion: Occasion) -> None:
    occasion.happen()
    together = threading.Barrier(2)

    def work() -> int:
        try:
            together.wait(30)
            return occasion.job.run_due(timezone.now()).done
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result(30) for future in [pool.submit(work), pool.submit(work)]]

    assert sum(done) == len(mail.outbox) == 1


def test_who_is_responsible_is_reminded_once_in_their_language() -> None:
    ana = person()
    UserProfile.objects.create(user=ana, preferred_language="it")
    page = add_article(due=True, responsible=ana, title="Insurance")
    assert (drain(ReviewReminding()), drain(ReviewReminding())) == (1, 0)

    [letter] = mail.outbox
    assert letter.to == ["ana@v2v.example"]
    assert letter.subject == "Revisione da effettuare: Insurance"
    assert f"/pages/{page.pk}/edit/" in letter.body
    assert ReviewReminder.objects.get().sent_at is not None


def test_the_next_due_date_is_reminded_of_again() -> None:
    page = add_article(due=True, responsible=person())
    drain(ReviewReminding())

    RepositoryArticlePage.objects.update(review_on=page.review_on - timedelta(days=1))

    assert drain(ReviewReminding()) == 1


@pytest.mark.parametrize(
    ("page", "user"),
    [
        ({"due": True}, {"is_active": False}),
        ({"due": True, "draft": True}, {}),
        ({"review_on": date(2121, 5, 1)}, {}),
    ],
)
def test_nobody_is_reminded_of_a_review_without_need(
    page: dict[str, Any], user: dict[str, Any]
) -> None:
    add_article(responsible=person(**user), **page)

    assert drain(ReviewReminding()) == 0
    assert mail.outbox == []


def test_the_owner_is_told_once_of_all_pages_that_name_a_person() -> None:
    build_site("it")
    ana, consent = person(), ended()
    UserProfile.objects.create(user=ana, preferred_language="it")
    pages = [quoting(consent, owner=ana, title=title) for title in ("A bench", "A table")]
    quoting(PersonConsentFactory(), owner=ana)

    assert (drain(ConsentReminding()), drain(ConsentReminding())) == (1, 0)

    [letter] = mail.outbox
    assert letter.to == ["ana@v2v.example"]
    assert letter.subject == "Consenso terminato: Bob Example"
    assert "1 aprile 2021" in letter.body
    for page in pages:
        assert f"{page.title} ({page.locale})\nhttp" in letter.body
        assert f"/pages/{page.pk}/edit/" in letter.body


def test_each_owner_is_told_of_their_own_pages() -> None:
    build_site("it")
    consent = ended()
    pages = {name: quoting(consent, owner=person(name)) for name in ("ana", "eva")}

    assert drain(ConsentReminding()) == 2

    for letter in mail.outbox:
        name = letter.to[0].partition("@")[0]
        named = {each for each, page in pages.items() if f"/{page.pk}/edit/" in letter.body}
        assert named == {name}


def test_who_edited_last_is_told_where_the_owner_has_left() -> None:
    build_site("it")
    page = quoting(ended(), owner=person("eva", is_active=False))
    page.save_revision(user=person("ana"))

    drain(ConsentReminding())

    assert [letter.to for letter in mail.outbox] == [["ana@v2v.example"]]


def test_a_consent_that_ends_again_is_told_of_again() -> None:
    build_site("it")
    consent = ended()
    quoting(consent, owner=person())
    drain(ConsentReminding())

    consent.valid_until = timezone.localdate()
    consent.save()
    assert drain(ConsentReminding()) == 0, "It holds until this evening."
    consent.withdrawn_on = timezone.localdate()
    consent.save()

    assert drain(ConsentReminding()) == 1


@pytest.mark.parametrize(
    "consent",
    [{"given_on": date(2120, 1, 1)}, {"given_on": date(2021, 3, 1)}],
    ids=["not begun", "without an end"],
)
def test_nobody_is_told_of_a_consent_that_has_not_ended(consent: dict[str, Any]) -> None:
    build_site("it")
    quoting(ended(**consent), owner=person())

    assert drain(ConsentReminding()) == 0


def test_a_person_may_go_with_their_consent_after_a_mail() -> None:
    a_consent_ends()
    drain(ConsentReminding())
    page = NewsPage.objects.get()
    page.body = []
    page.save_revision().publish()

    PersonConsent.objects.all().delete()

    assert not ConsentReminder.objects.exists()


def test_looking_for_ended_consents_reads_no_page_while_there_is_none() -> None:
    build_site("it")
    quoting(PersonConsentFactory(), owner=person())
    ConsentReminding().run_due(timezone.now())

    with CaptureQueriesContext(connection) as queries:
        ConsentReminding().run_due(timezone.now())

    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert [sql.split(" FROM ")[1].split()[0].strip('"') for sql in asked] == [
        "v2v_pages_consentreminder",
        "wagtailcore_referenceindex",
        "v2v_pages_consentreminder",
    ]
