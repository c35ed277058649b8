"""Web server and worker live and end together."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from cms import runsite
from cms.preflight import ROOT, SIGN_IN_FILE

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
PATIENCE_SECONDS = 60


SUPERVISOR = """
import signal
from cms import runsite
signal.pthread_sigmask(signal.SIG_BLOCK, runsite.AWAITED)
signal.signal(signal.SIGCHLD, lambda *_: None)
children = {name: runsite.start("-c", code) for name, code in PROGRAMS.items()}
print("ended:", runsite.wait_for_end(children))
runsite.end(children)
print("statuses:", [child.returncode for child in children.values()])
"""


def supervisor(**programs: str) -> subprocess.Popen[str]:
    """Starts a process that supervises children which run these programs."""
    code = SUPERVISOR.replace("PROGRAMS", repr(programs))
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_child_that_ended_is_named() -> None:
    with supervisor(sleeper=SLEEPER, quitter="raise SystemExit(3)") as run:
        shown, _ = run.communicate(timeout=PATIENCE_SECONDS)

    assert "ended: quitter" in shown
    assert f"statuses: [{-signal.SIGTERM}, 3]" in shown


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_wish_to_stop_is_no_end_of_a_child(wish: signal.Signals) -> None:
    with supervisor(sleeper=SLEEPER) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "up\n"

        run.send_signal(wish)
        shown, _ = run.communicate(timeout=PATIENCE_SECONDS)

    assert "ended: None" in shown
    assert f"statuses: [{-signal.SIGTERM}]" in shown


def test_a_child_that_will_not_end_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runsite, "GRACE_SECONDS", 0)
    is_up = tmp_path / "up"
    os.mkfifo(is_up)
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    child = runsite.start("-c", f"{ignore}; open({str(is_up)!r}, 'w').close(); {SLEEPER}")
    is_up.read_bytes()  # waits until the child opens it, too

    runsite.end({"stubborn": child})

    assert child.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's kernel")
def test_a_killed_parent_takes_its_child_along() -> None:
    parent = f"from cms import runsite; runsite.start('-c', {SLEEPER!r}).wait()"
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"up\n"

        run.kill()
        rest, _ = run.communicate(timeout=PATIENCE_SECONDS)  # ends when nobody holds the pipe

    assert rest == b""


def test_a_busy_port_is_said_in_one_sentence(free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        run = subprocess.run(
            [sys.executable, "-m", "cms.runsite", "--port", str(free_port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert f"Port {free_port} is in use" in run.stderr


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one site that is started several times."""
    return tmp_path_factory.mktemp("site")


class Site:
    """A site that runs as `make run` runs it, on a terminal of its own."""

    def __init__(self, port: int, data_dir: Path) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "V2V_DATA_DIR": str(data_dir),
        }
        self.port = port
        self.process_id, self.terminal = pty.fork()
        if self.process_id == 0:
            os.chdir(ROOT)
            command = [sys.executable, "-m", "cms.runsite", "--port", str(port)]
            os.execve(sys.executable, command, environment)

    def read_until(self, words: str) -> str:
        """Returns what the terminal shows up to some words, or to its end."""
        shown = b""
        with suppress(OSError):  # how a closed terminal says that it is over
            while words.encode() not in shown and (more := os.read(self.terminal, 4096)):
                shown += more
        return shown.decode()

    def child(self, command: str) -> int:
        """Returns the process id of the child that runs a command."""
        listed = subprocess.check_output(
            ["ps", "--ppid", str(self.process_id), "-o", "pid=,args="], text=True
        )
        return next(int(line.split()[0]) for line in listed.splitlines() if command in line)

    def status(self) -> int:
        """Waits for the end and returns the exit status."""
        self.read_until("the very end")
        return os.waitstatus_to_exitcode(os.waitpid(self.process_id, 0)[1])


@pytest.mark.site
def test_the_site_says_where_it_is_and_ends_with_ctrl_c(free_port: int, data_dir: Path) -> None:
    site = Site(free_port, data_dir)

    shown = site.read_until("Partner editor)")
    with closing(HTTPConnection("127.0.0.1", free_port, timeout=PATIENCE_SECONDS)) as connection:
        connection.request("GET", "/admin/login/", headers={"Host": f"localhost:{free_port}"})
        status = connection.getresponse().status
    os.write(site.terminal, b"\x03")

    sign_ins = json.loads((data_dir / SIGN_IN_FILE).read_text())
    assert f"http://localhost:{free_port}/admin/" in shown
    assert f"http://localhost:{free_port}/api/v1/" in shown
    assert all(account["password"] in shown for account in sign_ins)
    assert (data_dir / SIGN_IN_FILE).stat().st_mode & 0o777 == 0o600
    assert status == 200
    assert site.status() == 0


@pytest.mark.site
@pytest.mark.parametrize("victim", ["run_worker", "granian"])
def test_the_site_ends_when_one_of_the_two_dies(
    free_port: int, data_dir: Path, victim: str
) -> None:
    site = Site(free_port, data_dir)
    site.read_until("Partner editor)")
    others = {"run_worker", "granian"} - {victim}
    survivors = [site.child(other) for other in others]

    os.kill(site.child(victim), signal.SIGKILL)

    assert site.status() == 1
    assert not any(Path(f"/proc/{process_id}").exists() for process_id in survivors)
