"""Mails in files name readers: whoever is erased is gone from them, whatever was being written."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from communication.newsletters.enums import ConsentSource
from communication.newsletters.jobs import Retention
from communication.newsletters.models import Suppression
from communication.newsletters.services.erasing import erase
from communication.newsletters.transports.files import FileTransport
from communication.newsletters.wire.mails import Mail
from tests.newsletters import ADDRESS

FILES = "communication.newsletters.transports.files.FileTransport"
OTHER = "ben@school.example"


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> FileTransport:
    settings.V2V_MAIL_TRANSPORT, settings.V2V_MAIL_FOLDER = FILES, tmp_path
    return FileTransport()


def mail_to(address: str) -> Mail:
    content = f"Subject: Hello\r\nTo: {address}\r\n\r\nText\r\n".encode()
    return Mail("<1@v2v.example>", "office@v2v.example", address, content)


def write(files: FileTransport, *addresses: str) -> None:
    with files.open() as channel:
        for address in addresses:
            channel.deliver(mail_to(address))


def left_by_a_killed_writer(folder: Path, content: bytes, **age: int) -> Path:
    """Makes a file that was never finished."""
    path = folder / "0123.part"
    path.write_bytes(content)
    moment = (timezone.now() - timedelta(**age)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_an_unfinished_mail_is_forgotten_with_the_others(files: FileTransport) -> None:
    write(files, ADDRESS, OTHER)
    path = left_by_a_killed_writer(files.folder, mail_to(ADDRESS).content, seconds=1)

    assert files.recipients() == {ADDRESS, OTHER}
    assert files.forget(ADDRESS) == 2

    assert not path.exists()
    assert files.recipients() == {OTHER}


@pytest.mark.parametrize(("age", "stays"), [(30, True), (300, False)])
def test_a_piece_of_which_nobody_knows_whose_it_is_does_not_stay(
    files: FileTransport, age: int, *, stays: bool
) -> None:
    path = left_by_a_killed_writer(files.folder, b"Subject: Hello\r\nT", seconds=age)

    write(files, OTHER)

    assert path.exists() == stays, "It may be in somebody's hand."


def test_whoever_is_erased_while_a_mail_is_written_gets_none(
    files: FileTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes = Path.write_bytes

    def and_erase(path: Path, content: bytes) -> int:
        written = write_bytes(path, content)
        files.forget(ADDRESS)
        return written

    monkeypatch.setattr(Path, "write_bytes", and_erase)
    write(files, ADDRESS)

    assert list(files.folder.iterdir()) == []


def test_a_mail_that_was_on_its_way_during_an_erasure_is_found_later(
    files: FileTransport, subscription: Any
) -> None:
    erase(address=ADDRESS, source=ConsentSource.LINK)
    write(files, ADDRESS, OTHER)

    assert Retention().run_due(timezone.now()).done == 1

    assert files.recipients() == {OTHER}


def test_who_wants_mail_again_after_an_erasure_keeps_it(
    files: FileTransport, subscription: Any
) -> None:
    erase(address=ADDRESS, source=ConsentSource.LINK)
    Suppression.objects.all().delete()
    write(files, ADDRESS)

    Retention().run_due(timezone.now())

    assert files.recipients() == {ADDRESS}
