"""The wheel holds the plugins, whole, and nothing that could clash with the site it goes into."""

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from .sources import PLUGINS, ROOT, files, place

BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
    "build"
]
INCLUDED = BUILD["targets"]["wheel"].get("force-include", {})
TEMPLATES_OF_THE_PROJECT: set[str] = {"wagtailcore"}
"""Folders of templates/ that a site with our plugins does without, such as those of error pages."""

PACKED = {".py", ".css", ".html", ".js", ".json", ".mo", ".svg", ".woff2", ".xml"}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", folder], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_plugins_and_nothing_else_at_top_level(packed: set[str]) -> None:
    top = {name.split("/")[0] for name in packed}

    assert {name for name in top if not name.endswith(".dist-info")} == {*PLUGINS, "v2v_api"}


def test_the_wheel_holds_every_file_of_the_plugins(packed: set[str]) -> None:
    expected = set()
    for path in files():
        name = place(path)
        if name.startswith((*PLUGINS, "cms/api/")) and path.suffix in PACKED:
            expected.add(name.replace("cms/api/", "v2v_api/", 1))
        if name.startswith((*PLUGINS, "cms/api/")) and path.suffix == ".po":
            expected.add(
                Path(name.replace("cms/api/", "v2v_api/", 1)).with_suffix(".mo").as_posix()
            )

    assert expected - packed == set()


def test_the_wheel_holds_the_templates_where_apps_look_for_them(packed: set[str]) -> None:
    for source, target in INCLUDED.items():
        for path in files():
            if path.is_relative_to(ROOT / source):
                assert f"{target}/{path.relative_to(ROOT / source).as_posix()}" in packed


def test_every_folder_of_templates_is_packed_or_the_projects_own() -> None:
    names = [path.relative_to(ROOT).parts for path in files()]
    folders = {name[1] for name in names if name[0] == "templates" and len(name) > 2}
    included = {Path(source).name for source in INCLUDED if source.startswith("templates/")}

    assert folders - TEMPLATES_OF_THE_PROJECT == included, (
        "Add a line to [tool.hatch.build.targets.wheel.force-include] in pyproject.toml, "
        'such as "templates/v2v_pages" = "v2v_pages/templates/v2v_pages"'
    )


def test_every_packed_folder_of_templates_keeps_its_name_in_its_app() -> None:
    for source, target in INCLUDED.items():
        app, _, label = target.partition("/templates/")

        assert label == Path(source).name
        assert (ROOT / app.replace("v2v_api", "cms/api") / "apps.py").exists()
