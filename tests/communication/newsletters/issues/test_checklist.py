"""What must be mended before an issue is sent, and what is only advice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import TranslationSource

from communication.newsletters.services.checking import checklist
from tests.factories import NewsPageFactory
from tests.issues import NewsletterPageFactory, event, feature, figure
from tests.sites import translate
from tests.v2v_pages.services.translators import begin, publish, target_of, type_all

Write = Callable[..., Any]


def blocking(issue: Any) -> list[str]:
    return [finding.message for finding in checklist(issue) if finding.is_blocking]


def advice(issue: Any) -> list[str]:
    return [finding.message for finding in checklist(issue) if not finding.is_blocking]


def test_nothing_is_said_of_an_issue_that_is_as_it_should_be(write: Write, articles: Any) -> None:
    issue = write(
        body=[
            feature(NewsPageFactory(parent=articles)),
            event(url="https://meeting.example/"),
            figure(),
            ("text", '<p><a href="mailto:ana@school.example?subject=Hi">Write</a></p>'),
        ]
    )

    assert checklist(issue) == []


def test_a_subject_is_a_must(write: Write) -> None:
    issue = write()
    issue.subject = " "

    assert blocking(issue) == ["The subject is missing."]


@pytest.mark.parametrize(("length", "is_advised"), [(60, False), (61, True)])
def test_a_subject_that_phones_cut_is_worth_a_word(
    write: Write, length: int, is_advised: bool
) -> None:
    found = advice(write(subject="x" * length))

    assert any("phones show 60" in sentence for sentence in found) == is_advised


def test_a_missing_preheader_is_worth_a_word(write: Write) -> None:
    assert any("preheader" in sentence for sentence in advice(write(preheader="")))


def test_a_list_must_be_chosen(write: Write) -> None:
    assert "No mailing list is chosen." in blocking(write(mailing_list=None))


def test_somebody_must_read_the_list(archive: Any, news: Any) -> None:
    issue = NewsletterPageFactory(parent=archive, mailing_list=news)

    assert blocking(issue) == ["Nobody reads the list “News” yet."]


def test_a_picture_needs_a_description_or_is_decoration(write: Write) -> None:
    silent = write(body=[figure(alt="x")])
    silent.body.raw_data[0]["value"]["image"]["alt_text"] = ""
    decoration = write(title="Other", body=[figure(alt="")])

    assert any("no description" in sentence for sentence in blocking(silent))
    assert blocking(decoration) == []


@pytest.mark.parametrize("link", ["htp://x", "www.school.example", "https://", "javascript:x()"])
def test_a_link_must_be_an_address(write: Write, link: str) -> None:
    issue = write(body=[("text", f'<p><a href="{link}">x</a></p>')])

    assert blocking(issue) == [f"This is no address: “{link}”."]


def test_a_link_to_a_page_must_lead_to_a_public_one(write: Write, articles: Any) -> None:
    draft = NewsPageFactory(parent=articles, draft=True)
    public = NewsPageFactory(parent=articles)
    links = "".join(f'<a linktype="page" id="{key}">x</a>' for key in (draft.pk, public.pk, 10**6))
    issue = write(lead=f"<p>{links}</p>")

    assert len([each for each in blocking(issue) if "link leads to a page" in each]) == 2


def test_a_page_that_is_not_public_must_be_taken_out(write: Write, articles: Any) -> None:
    draft = NewsPageFactory(parent=articles, title="Soon", draft=True)

    assert blocking(write(body=[feature(draft)])) == ["“Soon” is not public, and is left out."]


def test_a_mail_that_programs_cut_must_become_shorter(write: Write) -> None:
    issue = write(body=[("text", "<p>" + "words " * 400 + "</p>")] * 45)

    assert any("programs cut it" in sentence for sentence in blocking(issue))


def test_an_issue_without_text_goes_nowhere(write: Write) -> None:
    assert blocking(write(lead=""))[0].startswith("There is no lead text")


def test_a_language_that_does_not_go_out_is_named(write: Write, archive: Any) -> None:
    issue = write()
    translate(archive, "it")
    translate(issue, "it", lead="")

    found = [finding for finding in checklist(issue) if finding.language == "it"]

    assert [finding.is_blocking for finding in found] == [False]


def test_a_translation_that_is_not_published_is_named_and_its_faults_block_nothing(
    write: Write, archive: Any
) -> None:
    issue = write()
    translate(archive, "it")
    translate(issue, "it", lead="<p>Ciao.</p>", subject=" ").unpublish()

    assert about_italian(issue) == [
        ("It does not go out in this language before it is published.", False)
    ]


def about_italian(issue: Any) -> list[tuple[str, bool]]:
    """Returns what is said of the Italian version, and whether it blocks."""
    found = (finding for finding in checklist(issue) if finding.language == "it")
    return [(finding.message, finding.is_blocking) for finding in found]


@pytest.fixture
def translated(write: Write, archive: Any) -> Any:
    """An issue whose Italian translation is complete and published."""
    translate(archive, "it")
    issue = write(body=[("heading", "Dates"), ("text", "<p>In May.</p>")])
    issue.save_revision().publish()
    complete(begin(issue, "it"))
    return issue


def complete(translation: Any) -> None:
    """Types what is missing and publishes it."""
    type_all(translation)
    translation.save_target(publish=True)
    target_of(translation).get_latest_revision().publish()


def taken_out(issue: Any) -> Any:
    """Takes the last block out."""
    draft = issue.get_latest_revision_as_object()
    del draft.body[-1]
    return publish(issue, body=draft.body)


CHANGED = ("The original has changed since it was translated.", False)


def test_nothing_is_said_of_a_translation_that_says_the_same(translated: Any) -> None:
    assert about_italian(translated) == []
    assert about_italian(publish(translated)) == []
    assert about_italian(publish(translated, slug="another-address")) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda issue: publish(issue, lead="<p>Dear readers, <b>summer</b> is here.</p>"),
        lambda issue: publish(issue, preheader="Visits alone"),
        lambda issue: publish(issue, preheader=""),
        lambda issue: publish(issue, correction_note="The mail of Monday named a wrong day."),
        taken_out,
    ],
    ids=["sentence", "preheader", "no preheader", "note", "block"],
)
def test_a_translation_is_outdated_once_its_original_says_something_else(
    translated: Any, change: Callable[[Any], Any]
) -> None:
    assert about_italian(change(translated)) == [CHANGED]


def test_an_outdated_translation_is_found_from_either_version(translated: Any) -> None:
    publish(translated, subject="What the schools did in summer")

    italian = translated.get_translations().get()

    assert CHANGED in about_italian(italian)


def test_a_translation_brought_up_to_date_is_outdated_no_more(translated: Any) -> None:
    issue = publish(translated, subject="What the schools did in summer")
    source, _created = TranslationSource.update_or_create_from_instance(issue)
    translation = source.translations.get()
    assert CHANGED in about_italian(issue)

    complete(translation)

    assert about_italian(issue) == []


def test_of_a_version_written_by_hand_a_later_edit_of_the_original_is_told(
    write: Write, archive: Any
) -> None:
    translate(archive, "it")
    issue = write()
    issue.save_revision().publish()
    italian = translate(issue, "it", lead="<p>Ciao.</p>")
    italian.save_revision().publish()
    assert about_italian(issue) == []

    issue = publish(issue, subject="What the schools did in summer")

    [(message, is_blocking)] = about_italian(issue)
    assert message.startswith("The original was edited later")
    assert not is_blocking


def test_every_language_that_goes_out_is_checked(write: Write, archive: Any) -> None:
    issue = write()
    translate(archive, "it")
    translate(issue, "it", lead="<p>Ciao.</p>", subject="x" * 100)

    found = [finding for finding in checklist(issue) if "phones" in finding.message]

    assert [finding.language for finding in found] == ["it"]


def test_a_draft_can_be_checked_and_is_said_to_be_one(write: Write) -> None:
    assert any("It is not published" in sentence for sentence in advice(write(draft=True)))


def test_checking_costs_the_same_queries_whatever_is_in_it(write: Write, articles: Any) -> None:
    costs = []
    for number in (1, 12):
        pages = [NewsPageFactory(parent=articles) for _each in range(number)]
        links = [("text", f'<p><a linktype="page" id="{page.pk}">x</a></p>') for page in pages]
        issue = write(title=f"{number}", body=[*map(feature, pages), *links])
        checklist(issue)
        with CaptureQueriesContext(connection) as captured:
            checklist(issue)
        costs.append(len(captured))

    assert costs[0] == costs[1]
