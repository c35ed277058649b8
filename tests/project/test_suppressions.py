"""A suppression carries its code and its reason, and there are fewer of them each time."""

import re
import tokenize

from .sources import files, modules, place

MAXIMUM = 15
"""How many suppressions there are. Fix a cause, and lower it; it never rises."""

SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pylint:|mypy:|fmt:\s*off|ruff:)")
JUSTIFIED = re.compile(
    r"#\s*(noqa: [A-Z]+\d+(, [A-Z]+\d+)*  \([^)]{6,}\)?|type: ignore\[[\w, -]+\]  # .{6,})"
)


def suppressions() -> dict[str, str]:
    """Returns the comment of each suppression by its place."""
    found = {}
    for path in modules():
        with path.open("rb") as source:
            for token in tokenize.tokenize(source.readline):
                if token.type == tokenize.COMMENT and SUPPRESSION.search(token.string):
                    found[place(path, token.start[0])] = token.string
    for path in files():
        if path.suffix == ".html":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if "djlint:off" in line:
                    found[place(path, number)] = line
    return found


def test_suppressions_carry_their_code_and_reason() -> None:
    unjustified = {
        where: comment for where, comment in suppressions().items() if not JUSTIFIED.search(comment)
    }

    assert unjustified == {}, "Write: # noqa: CODE  (reason), or # type: ignore[code]  # reason"


def test_the_number_of_suppressions_only_goes_down() -> None:
    found = suppressions()

    assert len(found) == MAXIMUM, "\n".join(f"{where}: {text}" for where, text in found.items())
