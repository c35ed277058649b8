"""How the version is read: from its row, or from memory as long as Redis has no news."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from cms.bytecache import Version
from cms.bytecache.versions import AnnouncedReader, FileSubscription, RowReader
from communication.syndication.services.announcing import announce, announcement_file

NOW = datetime(2021, 3, 29, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
EPOCH = UUID(int=1)


class Row:
    """The row, behind a connection that can be cut."""

    def __init__(self) -> None:
        self.epoch = EPOCH
        self.counter = 1
        self.is_there = True
        self.connections = 0
        self.reads = 0

    def connect(self) -> "Row":
        self.connections += 1
        if not self.is_there:
            raise OSError
        return self

    def cursor(self) -> "Row":
        return self

    def execute(self, query: str) -> None:
        self.reads += 1
        if not self.is_there:
            raise OSError

    def fetchone(self) -> tuple[UUID, int, datetime]:
        return self.epoch, self.counter, TOMORROW

    def close(self) -> None:
        pass


def version(counter: int) -> Version:
    return Version((EPOCH.hex, counter), TOMORROW.timestamp())


def test_one_connection_reads_the_row_again_and_again() -> None:
    row = Row()
    read = RowReader(row.connect)

    with time_machine.travel(NOW):
        assert read() == version(1)
        row.counter = 2
        assert read() == version(2)
    assert row.connections == 1


def test_a_counter_that_comes_again_after_a_restore_is_another_version() -> None:
    row = Row()
    read = RowReader(row.connect)

    with time_machine.travel(NOW):
        before = read()
        row.epoch = UUID(int=2)
        after = read()

    assert before is not None
    assert after is not None
    assert before.token != after.token


def test_past_the_boundary_nothing_may_be_kept() -> None:
    read = RowReader(Row().connect)

    with time_machine.travel(TOMORROW):
        assert read() is None


def test_while_the_database_is_away_the_last_version_stands_for_a_minute() -> None:
    row = Row()
    read = RowReader(row.connect, time.time)
    with time_machine.travel(NOW, tick=False) as clock:
        read()
        row.is_there = False
        clock.shift(59)
        assert read() == version(1)
        clock.shift(2)
        assert read() is None

        row.is_there, row.counter = True, 2
        assert read() == version(2)


class Channel:
    """A subscription to news."""

    def __init__(self) -> None:
        self.news: list[str] = []
        self.is_cut = False

    def has_news(self) -> bool:
        if self.is_cut:
            raise OSError
        return bool(self.news)

    def take_news(self) -> None:
        self.has_news()
        self.news = []

    def close(self) -> None:
        pass


def announced(row: Row, channel: Channel) -> AnnouncedReader:
    return AnnouncedReader(RowReader(row.connect), lambda: channel, time.time)


def test_without_news_the_row_is_read_once_a_second() -> None:
    row = Row()
    read = announced(row, Channel())

    with time_machine.travel(NOW, tick=False) as clock:
        assert [read() for _ in range(50)] == [version(1)] * 50
        assert row.reads == 1
        clock.shift(1.1)
        read()
    assert row.reads == 2


def test_news_are_heard_before_the_next_answer() -> None:
    row, channel = Row(), Channel()
    read = announced(row, channel)
    with time_machine.travel(NOW, tick=False):
        read()
        row.counter = 2
        channel.news += ["2", "3"]

        assert read() == read() == version(2)
    assert row.reads == 2
    assert channel.news == []


def test_memory_knows_the_boundary_too() -> None:
    read = announced(Row(), Channel())

    with time_machine.travel(TOMORROW - timedelta(seconds=0.5), tick=False) as clock:
        assert read() is not None
        clock.shift(0.6)
        assert read() is None


def test_while_redis_is_away_every_answer_asks_the_row() -> None:
    row, channel = Row(), Channel()
    read = announced(row, channel)
    with time_machine.travel(NOW, tick=False) as clock:
        read()
        channel.is_cut = True
        row.counter = 2
        assert read() == version(2)
        row.counter = 3
        assert read() == version(3)

        channel.is_cut = False
        clock.shift(1.1)
        assert [read() for _ in range(5)] == [version(3)] * 5
    assert row.reads <= 5


@pytest.mark.django_db
def test_beside_a_file_of_sqlite_an_announcement_is_news_to_each_process_once() -> None:
    path = announcement_file()
    if path is None:
        pytest.skip("Redis announces here.")
    processes = [FileSubscription(path) for _ in range(2)]

    assert [process.has_news() for process in processes] == [False, False]
    announce()
    announce()
    assert [process.has_news() for process in processes] == [True, True]
    for process in processes:
        process.take_news()
    assert [process.has_news() for process in processes] == [False, False]
    for process in processes:
        process.close()
