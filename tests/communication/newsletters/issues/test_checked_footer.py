"""No issue goes out without whoever answers for it and whoever pays for it."""

from collections.abc import Callable
from typing import Any

import pytest

from communication.newsletters.services.checking import checklist
from v2v_snippets.models import ProjectSettings

Write = Callable[..., Any]


def blocking(issue: Any) -> list[str]:
    return [finding.message for finding in checklist(issue) if finding.is_blocking]


def test_a_site_that_names_nobody_who_pays_is_told_so(write: Write, settings: Any) -> None:
    issue = write()
    settings.V2V_MAIL_FOOTER = ""

    advice = [finding.message for finding in checklist(issue) if not finding.is_blocking]
    assert any("names nobody who funds it" in sentence for sentence in advice)


@pytest.mark.parametrize("field", ["controller_name", "controller_address"])
def test_no_mail_goes_without_name_and_address_of_the_controller(write: Write, field: str) -> None:
    issue = write()
    record = ProjectSettings.objects.get()
    setattr(record, field, "")
    record.save()

    assert ["postal address is missing" in sentence for sentence in blocking(issue)] == [True]


LINKS = """<mj-text><a href="{{ unsubscribe_url }}">x</a> <a href="{{ preferences_url }}">y</a>
</mj-text>"""


@pytest.mark.parametrize(
    ("templates", "number"),
    [
        ({"issue_footer.mjml": "", "issue.txt": ""}, 4),
        ({"issue_footer.mjml": LINKS}, 2),
        ({"footer.txt": ""}, 2),
    ],
    ids=["neither", "links alone", "no text"],
)
def test_a_template_without_footer_is_found_out(
    write: Write, settings: Any, tmp_path: Any, templates: dict[str, str], number: int
) -> None:
    issue = write()
    folder = tmp_path / "communication_newsletters/mails"
    folder.mkdir(parents=True)
    for name, content in templates.items():
        (folder / name).write_text(content)
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]

    found = blocking(issue)

    assert sum("in the template of the mail" in sentence for sentence in found) == number
