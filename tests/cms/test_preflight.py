"""What keeps `make` from working is said in one sentence, before anything starts."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cms import preflight


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])

        problem = preflight.port_problem(port)

    assert problem is not None
    assert problem.startswith(f"Port {port} is in use")
    assert "make run PORT=" in problem
    assert preflight.port_problem(port) is None


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "80 80", "8²"])
def test_what_is_no_port_is_refused(text: str) -> None:
    assert "is not a port" in (preflight.port_problem(text) or "")


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deeper"

    assert preflight.folder_problem(folder, "remedy") is None
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_named_with_the_remedy(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    problem = preflight.folder_problem(in_the_way, "choose another folder")

    assert problem is not None
    assert str(in_the_way) in problem
    assert problem.endswith("choose another folder")


def test_the_data_folder_is_the_one_that_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("V2V_DATA_DIR", str(tmp_path))
    assert preflight.data_dir() == tmp_path.resolve()

    monkeypatch.delenv("V2V_DATA_DIR")
    assert preflight.data_dir() == preflight.ROOT / "var"


def test_a_python_without_ensurepip_is_told_what_to_install() -> None:
    bare = (
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n"
        "from cms.preflight import venv_problem\n"
        "print(venv_problem())\n"
    )

    answer = subprocess.run(
        [sys.executable, "-c", bare], cwd=preflight.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert answer.count("\n") == 1
    assert f"apt install python3.{sys.version_info.minor}-venv" in answer


def test_nothing_is_printed_when_nothing_is_in_the_way(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cms.preflight", "--stamp", "pyproject.toml"]

    run = subprocess.run(command, cwd=preflight.ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == ""


@pytest.mark.parametrize("target", ["run", "test"])
def test_make_refuses_an_old_python_in_one_sentence(target: str, tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    command = ["make", "--no-print-directory", target, f"PYTHON={old}", f"VENV={tmp_path}/venv"]

    run = subprocess.run(command, cwd=preflight.ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
    assert "needs Python 3.11 or newer" in run.stderr
