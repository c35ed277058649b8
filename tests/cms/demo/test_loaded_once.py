"""The command where the demo is: what it said of its steps, and that it does nothing again."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from .terminal import Terminal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_each_step_is_a_line(demo: str) -> None:
    step, *_steps, last = demo.splitlines()

    assert re.fullmatch(r"1/\d+ Partners and twinnings", step)
    assert last == "The demo is loaded."


def test_a_second_run_finds_nothing_to_do() -> None:
    in_a_log, at_a_terminal = StringIO(), Terminal()

    call_command("load_demo", stdout=in_a_log)
    call_command("load_demo", stdout=at_a_terminal)

    assert in_a_log.getvalue() == at_a_terminal.getvalue() == "The demo is there already.\n"
