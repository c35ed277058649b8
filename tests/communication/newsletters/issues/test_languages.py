"""In which languages an issue goes out, and who gets it in which."""

from typing import Any

import pytest

from communication.newsletters.issues.coverage import coverage_of, language_for
from communication.newsletters.rendering.issues import draft_languages, issue_languages
from tests.factories import NewsPageFactory
from tests.issues import NewsletterPageFactory, event, feature, figure
from tests.newsletters import SubscriptionFactory, suppressed
from tests.sites import translate
from tests.v2v_pages.services.translators import begin, draft_of, type_all, type_in
from v2v_pages.selectors import strings_of


@pytest.fixture
def issue(archive: Any, news: Any) -> Any:
    """An issue with a heading, below an archive that exists in Italian, too."""
    translate(archive, "it")
    return NewsletterPageFactory(parent=archive, mailing_list=news, body=[("heading", "Dates")])


def reading(news: Any, language: str, number: int = 1) -> None:
    for _each in range(number):
        SubscriptionFactory(mailing_list=news, subscriber__locale=language)


def test_an_issue_goes_out_in_the_language_it_was_written_in(issue: Any) -> None:
    assert issue_languages(issue) == ("en",)


def test_an_issue_without_lead_text_goes_out_in_no_language(archive: Any) -> None:
    assert issue_languages(NewsletterPageFactory(parent=archive, lead="")) == ()


def test_a_translation_that_has_only_begun_does_not_go_out(issue: Any) -> None:
    begin(issue, "it")

    assert issue_languages(issue) == ("en",)


def test_a_translation_that_lacks_one_sentence_does_not_go_out(issue: Any) -> None:
    translation = begin(issue, "it")
    type_all(translation)
    translation.save_target(publish=True)
    heading = translation.source.stringsegment_set.get(string__data="Dates").string
    heading.translations.all().delete()
    translation.save_target(publish=True)

    assert issue_languages(issue) == ("en",)


def test_a_complete_translation_goes_out_once_it_is_published(issue: Any) -> None:
    translation = begin(issue, "it")
    type_all(translation)
    translation.save_target(publish=False)

    assert issue_languages(issue) == ("en",)
    assert draft_languages(issue) == ("en", "it"), "It can be tested."
    assert issue_languages(draft_of(translation)) == ("en", "it"), "It is looked at itself."
    draft_of(translation).get_latest_revision().publish()
    assert issue_languages(issue) == ("en", "it")


def test_a_translation_that_was_unpublished_does_not_go_out(issue: Any) -> None:
    italian = translate(issue, "it", lead="<p>Ciao.</p>")
    assert issue_languages(issue) == ("en", "it")

    italian.unpublish()

    assert issue_languages(issue) == ("en",)


def test_a_translation_below_an_archive_that_was_unpublished_does_not_go_out(issue: Any) -> None:
    translate(issue, "it", lead="<p>Ciao.</p>").get_parent().unpublish()

    assert issue_languages(issue) == ("en",)


def test_a_draft_goes_out_in_its_own_language_as_far_as_it_is_looked_at(archive: Any) -> None:
    assert issue_languages(NewsletterPageFactory(parent=archive, draft=True)) == ("en",)


def test_what_is_translated_but_not_saved_does_not_go_out(issue: Any) -> None:
    type_all(begin(issue, "it"))

    assert issue_languages(issue) == ("en",)


def test_a_sentence_that_is_the_same_in_both_languages_is_translated(issue: Any) -> None:
    translation = begin(issue, "it")
    type_all(translation)
    type_in(translation, "Dates", "Dates")
    translation.save_target(publish=True)
    draft_of(translation).get_latest_revision().publish()

    assert issue_languages(issue) == ("en", "it")


def test_a_version_written_by_hand_goes_out_once_its_lead_text_is_another(issue: Any) -> None:
    italian = translate(issue, "it")
    assert issue_languages(issue) == ("en",)

    italian.lead = "<p>Care lettrici, cari lettori.</p>"
    italian.save_revision().publish()

    assert issue_languages(issue) == ("en", "it")
    assert issue_languages(italian) == ("en", "it")


def test_every_word_of_every_block_goes_to_the_translators(archive: Any, articles: Any) -> None:
    issue = NewsletterPageFactory(
        parent=archive,
        body=[
            feature(NewsPageFactory(parent=articles), title="Own title", text="Own words"),
            ("heading", "A heading"),
            event(title="An event", hours="At noon", place="A place", text="Its text"),
            ("text", "<p>A <b>paragraph</b>.</p>"),
            figure(alt="A description", caption="A caption"),
        ],
    )

    words = {text for _path, text in strings_of(issue)}

    assert words >= {
        "Own title",
        "Own words",
        "A heading",
        "An event",
        "At noon",
        "A place",
        "Its text",
        "A <b>paragraph</b>.",
        "A description",
        "A caption",
        issue.subject,
        issue.preheader,
    }
    assert any("spring" in text for text in words)


@pytest.mark.parametrize(
    ("reader", "languages", "expected"),
    [
        ("it", ("en", "it"), "it"),
        ("cnr", ("en", "hr", "bs"), "bs"),
        ("cnr", ("en", "hr", "sr-latn"), "sr-latn"),
        ("sr", ("en", "hr"), "hr"),
        ("ca", ("en", "es"), "es"),
        ("ca", ("en",), "en"),
        ("sq", ("en", "it"), "en"),
        ("fi", ("sq", "it"), "it"),
        ("fi", (), ""),
    ],
)
def test_readers_get_the_next_best_language(
    reader: str, languages: tuple[str, ...], expected: str
) -> None:
    assert language_for(reader, languages) == expected


def test_the_office_sees_who_gets_it_in_which_language(issue: Any, news: Any) -> None:
    translate(issue, "it", lead="<p>Ciao.</p>")
    for language, number in {"it": 2, "en": 1, "sq": 3}.items():
        reading(news, language, number)

    rows = {row.code: row for row in coverage_of(issue)}

    assert set(rows) == {"en", "it", "sq"}
    assert (rows["sq"].readers, rows["sq"].reads, rows["sq"].is_ready) == (3, "English", False)
    assert {code: row.recipients for code, row in rows.items()} == {"en": 4, "it": 2, "sq": 0}


def test_only_who_may_be_written_to_is_counted(issue: Any, news: Any) -> None:
    SubscriptionFactory(mailing_list=news, pending=True)
    SubscriptionFactory(mailing_list=news, ended=True)
    SubscriptionFactory(mailing_list=news, subscriber__address="gone@school.example")
    suppressed("gone@school.example")
    reading(news, "en")

    assert [row.readers for row in coverage_of(issue)] == [1]
