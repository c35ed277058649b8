"""Sites of other people's making: ``wagtail start``, and what docs/plugins.md says to add."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

from .sources import ROOT, files

GUIDE = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BOX = re.compile(
    r"^```(?:python\n# (.+?)|django\n\{# (.+?) #\})\n(.*?)^```", re.MULTILINE | re.DOTALL
)
RUN_BEFORE = "the migration that creates the model"
UV = Path(sys.executable).parent / "uv"
LOCK = ROOT / "requirements/site.lock.txt"


def boxes(heading: str) -> dict[str, str]:
    """Returns what a section of the guide says to add, by the file to which it is added."""
    (text,) = (text for title, text in SECTION.findall(GUIDE) if title.startswith(heading))
    found: dict[str, str] = {}
    for module, template, code in BOX.findall(text):
        file = module or template
        found[file] = found.get(file, "") + code
    return found


def build_wheel(folder: Path) -> Path:
    """Builds the wheel from a copy of the files that git knows, as from a fresh checkout."""
    source = folder / "source"
    for path in files():
        target = source / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    _run([*command, "--directory", str(folder)], cwd=source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Installs the wheel with the locked packages into a new environment; returns its Python."""
    python = _new_environment(folder)
    _install(python, "--require-hashes", "-r", str(LOCK))
    _run([*_pip(python, "install"), "--offline", "--no-deps", str(wheel)])
    return python


def install_extra(wheel: Path, extra: str, folder: Path) -> Path:
    """Installs the wheel as ``pip install "v2v-cms[extra]"`` does; returns the new Python."""
    python = _new_environment(folder)
    _install(python, "--constraint", str(LOCK), f"{wheel}[{extra}]")
    return python


def installed(python: Path) -> set[str]:
    """Returns the names of the packages that an environment has."""
    listed = json.loads(_run([*_pip(python, "list"), "--format", "json"]))
    return {package["name"] for package in listed}


def _new_environment(folder: Path) -> Path:
    _run([str(UV), "venv", "--python", sys.executable, str(folder)])
    return folder / "bin/python"


def _install(python: Path, *what: str) -> None:
    """Takes packages from uv's cache, and from the network where that is cold."""
    pip = _pip(python, "install")
    try:
        _run([*pip, "--offline", *what])
    except AssertionError:
        _run([*pip, *what])


def _pip(python: Path, command: str) -> list[str]:
    return [str(UV), "pip", command, "--python", str(python)]


@dataclass(frozen=True)
class HostSite:
    """A project called ``name`` that knows nothing of ours."""

    name: str
    folder: Path
    python: Path

    @classmethod
    def start(cls, name: str, parent: Path, python: Path) -> "HostSite":
        """Lets Wagtail make it below ``parent``."""
        _run([str(python.with_name("wagtail")), "start", name], cwd=parent)
        return cls(name, parent / name, python)

    def append(self, place: str, text: str) -> None:
        """Adds lines at the end of a file, named as the guide names it."""
        inside = self.folder / self.name / place
        is_template = place.startswith("templates/")
        path = inside if is_template or inside.exists() else self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8") as file:
            file.write(text if is_new else f"\n{text}")

    def add_plugin(self, heading: str) -> None:
        """Does what the section of the guide says; apps that are there already stay once."""
        for place, text in boxes(heading).items():
            self.append(place, text)
        self.append("settings/base.py", "INSTALLED_APPS = list(dict.fromkeys(INSTALLED_APPS))\n")

    def add_images_in_a_second_migration(self) -> None:
        """Gives the site an image model as sites have them that began with the stock one."""
        app = self.folder / "your_media"
        shutil.copytree(Path(__file__).parent / "your_media", app)
        self.append(
            "settings/base.py",
            'INSTALLED_APPS += ["your_media"]\n'
            'WAGTAILIMAGES_IMAGE_MODEL = "your_media.YourImage"\n',
        )
        self.manage("makemigrations", "your_media", "-n", "images")

    def override_newsletters(self) -> None:
        """Gives the site templates, a footer and a block of its own, in the place of ours."""
        own = Path(__file__).parent / "your_newsletters"
        shutil.copytree(
            own / "templates", self.folder / self.name / "templates", dirs_exist_ok=True
        )
        shutil.copy2(own / "quotes.py", self.folder / "home")
        self.append(
            "settings/base.py",
            'V2V_NEWSLETTER_EXTRA_BLOCKS = {"quote": "home.quotes.QuoteBlock"}\n',
        )

    def let_images_run_before_plugins(self) -> None:
        """Adds the guide's lines to the migration that creates the image model."""
        lines = boxes("Own image")[RUN_BEFORE]
        self.append("your_media/migrations/0002_images.py", indent(lines, "    "))

    def manage(self, *arguments: str) -> str:
        """Runs ``manage.py``; returns what it prints."""
        return _run([str(self.python), "manage.py", *arguments], cwd=self.folder)

    def visit(self, guest: str = "host_site_visit") -> Any:
        """Lets a module of this folder do something inside the site; returns its report."""
        shutil.copy2(Path(__file__).with_name(f"{guest}.py"), self.folder)
        code = f"import json, {guest}; print(json.dumps({guest}.report()))"
        printed = self.manage("shell", "--verbosity", "0", "--command", code)
        return json.loads(printed.splitlines()[-1])


def _run(command: list[str], cwd: Path = ROOT) -> str:
    names = ("HOME", "LANG", "PATH")
    known = {
        name: value
        for name, value in os.environ.items()
        if name in names or name.startswith(("UV_", "XDG_", "SSL_"))
    }
    done = subprocess.run(command, cwd=cwd, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
