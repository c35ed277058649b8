"""What time alone changes is another answer at that second, although no worker has run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from communication.syndication.jobs import ChangesByTime
from tests.factories import NewsPageFactory, PersonConsentFactory
from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from v2v_snippets.publication.changes import recording_changes

from .origin import Asker

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)
TODAY = date(2027, 3, 15)
TEACHER = "Ana of Budva"
ARTICLE = ("/en/news/article/", "/api/v1/news/?fields=body", "/feeds/en/news.atom")
ADVICE = ("/en/repository/advice/", "/api/v1/repository/", "/feeds/en/repository.atom")
DUE = (b"Review due since", b'"state":"due"')


@pytest.fixture(autouse=True)
def noon(tree: SiteTree) -> Iterator[None]:
    """Publishes, at noon, an article that expires in an hour and two that change at midnight."""
    with time_machine.travel(NOON):
        consent = PersonConsentFactory(person_name=TEACHER, valid_until=TODAY)
        quote = {"quote": "We met.", "consent": consent.pk, "source": ""}
        body = [{"type": "quote", "value": quote, "id": "q"}]
        with recording_changes():
            repository = add_repository(tree)
            RepositoryArticlePageFactory(
                parent=repository, slug="advice", review_on=TODAY + timedelta(days=1)
            )
            NewsPageFactory(parent=tree.news, slug="article", body=body)
            NewsPageFactory(
                parent=tree.news,
                slug="short",
                title="Of short duration",
                expire_at=NOON + timedelta(hours=1),
            )
        yield


def midnight() -> datetime:
    return timezone.make_aware(datetime.combine(TODAY + timedelta(days=1), datetime.min.time()))


def record_what_time_changed() -> None:
    """Does the worker's part, for what lies behind."""
    job = ChangesByTime()
    while job.run_due(timezone.now()).done:
        pass


def saying(processes: list[Asker], addresses: tuple[str, ...], *words: bytes) -> list[bool]:
    """Tells of each answer of each process whether it says one of the words."""
    bodies = [process.get(address)[2] for process in processes for address in addresses]
    return [any(word in body.replace(b'": "', b'":"') for word in words) for body in bodies]


def are_kept(processes: list[Asker], addresses: tuple[str, ...]) -> bool:
    """Tells whether the answers come from what the processes have kept."""
    found = {
        process.get(address)[1].get("cache-status")
        for process in processes
        for address in addresses
    }
    return found == {"V2V; hit"}


@pytest.mark.parametrize(
    ("addresses", "words", "moment", "before"),
    [
        (("/en/news/", "/feeds/en/news.atom"), (b"Of short",), NOON + timedelta(hours=1), True),
        (ARTICLE, (TEACHER.encode(),), midnight(), True),
        (ADVICE, DUE, midnight(), False),
    ],
    ids=["expiry", "consent", "review"],
)
def test_what_the_clock_changes_is_told_at_that_second(
    processes: list[Asker],
    addresses: tuple[str, ...],
    words: tuple[bytes, ...],
    moment: datetime,
    before: Any,
) -> None:
    number = len(addresses) * len(processes)
    with time_machine.travel(moment - timedelta(seconds=30), tick=False):
        record_what_time_changed()
        assert saying(processes, addresses, *words) == [before] * number
        assert are_kept(processes, addresses)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert saying(processes, addresses, *words) == [before] * number
        assert are_kept(processes, addresses)

    with time_machine.travel(moment, tick=False):
        assert saying(processes, addresses, *words) == [not before] * number
        assert not are_kept(processes, addresses), "No worker has recorded it."
