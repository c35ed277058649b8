"""The README fits on a few screens, and what it says to type works."""

import re
import subprocess

import pytest
from django.core.management import get_commands
from django.test import Client

from cms.services.bootstrap import bootstrap_site

from .sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = "\n".join(re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE))


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^make (\w+)", COMMANDS, re.MULTILINE))

    for target in targets:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)

    assert {"run", "test"} <= targets


def test_every_management_command_of_the_readme_exists() -> None:
    assert set(re.findall(r"manage\.py (\w+)", COMMANDS)) <= set(get_commands())


@pytest.mark.django_db
def test_every_address_of_the_readme_answers(client: Client) -> None:
    bootstrap_site()
    paths = re.findall(r"localhost:8000(/[^\s']*)", COMMANDS)

    answers = {path: client.get(path, follow=True).status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
