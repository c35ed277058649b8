"""The embedded site makes its secret once, and shows it to its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cms.settings.secret_file import read_or_create_secret


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret-key"

    secret = read_or_create_secret(path)

    assert len(secret) >= 50
    assert read_or_create_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["secret-key"]


def test_processes_that_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: read_or_create_secret(path), range(32)))

    assert len(secrets) == 1
