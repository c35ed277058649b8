"""What must not be in the repository, whoever commits it."""

import json
import re
from pathlib import Path

import pytest

from .sources import ROOT, files, place

LOCKS = sorted((ROOT / "requirements").glob("*.lock.txt"))
PACKAGE_INDEX = re.compile(r"(index-url|find-links|registry) *[=:].*:/{2}")
PATH_OF_ONE_MACHINE = re.compile(r"(^|[^\w.])/(home|root|tmp|work)/[a-z]")
RECORDS_ADDRESSES = {"pylock.toml", "uv.lock", "yarn.lock"}
SECRETS = {".env", "secret-key", "sign-in.json"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_hold_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    unpinned = [
        requirement.splitlines()[0]
        for requirement in re.split(r"\n(?=\S)", text)
        if "==" not in requirement or "--hash=sha256:" not in requirement
    ]

    assert "://" not in text
    assert unpinned == []


def test_the_lock_of_the_checks_holds_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    packages = [entry for name, entry in lock["packages"].items() if name]

    assert packages
    assert all("resolved" not in entry and entry["integrity"] for entry in packages)


def test_both_locks_agree_on_every_version() -> None:
    site, dev = (
        set(
            re.findall(
                r"^\S+==\S+", (ROOT / f"requirements/{name}.lock.txt").read_text(), re.MULTILINE
            )
        )
        for name in ("site", "dev")
    )

    assert site <= dev, "Run make lock."


def test_no_file_records_addresses_or_secrets() -> None:
    assert [place(path) for path in files() if path.name in RECORDS_ADDRESSES | SECRETS] == []


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    found = []
    for path in files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{place(path, number)}: {line.strip()[:120]}"
            for number, line in enumerate(lines, 1)
            if PACKAGE_INDEX.search(line) or PATH_OF_ONE_MACHINE.search(line)
        ]

    assert found == []
