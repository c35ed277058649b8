"""A copy of the database writes to nobody until it is adopted."""

import shutil
import sqlite3
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from pytest_django import Settings

from communication.delivery.models import Installation
from communication.delivery.protocol import JobResult
from communication.delivery.services.installation import (
    sending_is_allowed,
    this_installation,
)
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker
from tests.communication.delivery.services.recorded_jobs import RecordedJob

pytestmark = pytest.mark.django_db


class SendingJob(RecordedJob):
    """A job that writes to somebody outside."""

    sends = True


def test_a_database_belongs_to_the_installation_that_made_its_tables() -> None:
    assert sending_is_allowed()


@pytest.mark.usefixtures("restored")
def test_in_a_copy_only_jobs_that_send_nothing_have_their_turn(stop: StopRequest) -> None:
    sending, other = SendingJob(name="sending"), RecordedJob(name="other")
    worker = Worker([sending, other], stop)

    worker.run_round()

    assert (len(sending.steps), len(other.steps)) == (0, 1)
    held, _other = worker.progress
    assert "run manage.py adopt_installation" in held.as_json()["last_error"]


def test_one_command_lets_a_copy_send(stop: StopRequest, settings: Settings) -> None:
    settings.V2V_WORKER_JOBS = [f"{__name__}.SendingJob"]
    Installation.objects.update(digest="0" * 64)
    with pytest.raises(CommandError, match="This database is a copy"):
        call_command("run_worker", once=True)
    output = StringIO()

    call_command("adopt_installation", stdout=output)
    call_command("adopt_installation", stdout=output)

    assert "Adopted" in output.getvalue()
    assert "refresh_change_log --restart" in output.getvalue()
    assert "belongs to this installation already" in output.getvalue()
    call_command("run_worker", once=True)


@pytest.mark.usefixtures("restored")
def test_new_migrations_adopt_no_copy() -> None:
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert not sending_is_allowed()


def test_an_id_in_the_settings_is_all_that_counts(settings: Settings) -> None:
    before = this_installation()
    settings.V2V_INSTALLATION_ID = "production"

    assert this_installation() != before
    assert not sending_is_allowed()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file can be copied under SQLite alone")
def test_a_copied_file_is_a_copy_even_when_it_takes_the_place_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, backup = tmp_path / "db.sqlite3", tmp_path / "backup.sqlite3"
    sqlite3.connect(first).close()
    first.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(first))
    original = this_installation()

    shutil.copy(first, backup)
    backup.replace(first)

    assert this_installation() != original


def test_what_is_under_way_is_brought_to_an_end_when_the_worker_ends(stop: StopRequest) -> None:
    left = [JobResult(in_progress=1), JobResult(in_progress=1), JobResult(done=1), JobResult()]
    closed = []

    class Slow(RecordedJob):
        def close(self) -> None:
            closed.append(len(self.steps))

    job = Slow(lambda: left.pop(0))
    Worker([job], stop).drain()

    assert len(job.steps) >= 3
    assert closed == [len(job.steps)]
