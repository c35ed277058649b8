"""Nothing that was typed is lost between the page editor and the translation editor."""

from typing import Any

import pytest
from wagtail_localize.models import StringTranslation, Translation

from tests.factories import ImageFactory, NewsPageFactory
from tests.sites import SiteTree
from tests.v2v_pages.services.translators import (
    begin,
    draft_of,
    publish,
    target_of,
    type_all,
    type_in,
)
from v2v_pages.selectors import untranslated_strings
from v2v_pages.services.publishing import save_draft
from v2v_pages.services.resuming import resume_translation
from v2v_pages.services.submitting import translate_missing_descendants

BODY = [
    ("paragraph", "<p>One.</p><p>Two.</p>"),
    ("timeline", {"heading": "Dates", "entries": [{"starts_on": "2021-04-01", "title": "Start"}]}),
    ("callout", {"tone": "note", "heading": "Note", "text": "<p>Read.</p>"}),
    ("quote", {"quote": "Words.", "source": "Minutes"}),
]


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, title="Article", summary="A summary", body=BODY)


@pytest.fixture
def translation(article: Any) -> Translation:
    """A translation with the title typed, and stopped."""
    translation = begin(article)
    type_in(translation, "Article", "Articolo")
    return translation


def stop(translation: Translation) -> None:
    translation.enabled = False
    translation.save()


def edit_by_hand(translation: Translation, **changes: Any) -> None:
    page = draft_of(translation)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()


def missing(translation: Translation) -> set[str]:
    translation.refresh_from_db()
    return {text for _path, text in untranslated_strings(translation)}


def made_from(translation: Translation) -> Any:
    """The page as the translation editor makes it now."""
    translation.refresh_from_db()
    return save_draft(translation, clean=False).as_object()


def test_what_was_typed_is_in_the_draft_when_a_translation_is_stopped(
    translation: Translation,
) -> None:
    stop(translation)

    assert draft_of(translation).title == "Articolo"
    assert draft_of(translation).summary == "A summary"


def test_title_rich_text_and_nested_blocks_written_by_hand_become_translations(
    translation: Translation,
) -> None:
    stop(translation)
    draft = draft_of(translation)
    draft.body[0].value.source = "<p>Uno.</p><p>Two.</p>"
    draft.body[1].value["entries"][0]["title"] = "Inizio"
    edit_by_hand(translation, title="L'articolo", body=draft.body)

    assert resume_translation(translation) == []

    page = made_from(translation)
    assert page.title == "L'articolo"
    assert "Uno." in page.body[0].value.source
    assert page.body[1].value["entries"][0]["title"] == "Inizio"
    assert {"Two.", "A summary"} <= missing(translation)
    assert not {"One.", "Start", "Article"} & missing(translation)


def test_what_the_original_has_new_since_is_shown_and_nothing_typed_is_lost(
    article: Any, translation: Translation
) -> None:
    stop(translation)
    draft = draft_of(translation)
    draft.body[0].value.source = "<p>Uno.</p><p>Due.</p>"
    edit_by_hand(translation, body=draft.body)
    source = article.get_latest_revision_as_object().body
    source[0].value.source = "<p>One.</p><p>Two and more.</p><p>Three.</p>"
    del source[3]
    publish(article, body=source)

    assert resume_translation(translation) == []

    page = made_from(translation)
    text = page.body[0].value.source
    assert [word in text for word in ("Uno.", "Due.", "Two and more.", "Three.")] == [
        True,
        False,
        True,
        True,
    ]
    assert {"Two and more.", "Three."} <= missing(translation)
    assert StringTranslation.objects.filter(data="Due.").exists()
    assert len(page.body) == 3


def test_an_original_synchronised_in_the_meantime_confuses_nothing(
    article: Any, translation: Translation
) -> None:
    stop(translation)
    edit_by_hand(translation, summary="Un riassunto")
    publish(article, summary="Quite another summary")
    translation.source.update_from_db()

    assert resume_translation(translation) == []

    assert "Quite another summary" in missing(translation)
    assert StringTranslation.objects.filter(data="Un riassunto").exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda page: page.body.append(("paragraph", "<p>Da noi.</p>")), "Body: Text"),
        (lambda page: page.body[2].value.update(tone="warning"), "Body: Call-out"),
        (lambda page: setattr(page, "published_on", "2022-02-02"), "Date"),
        (lambda page: page.tags.add("scambi"), "Tags"),
    ],
    ids=["block", "choice", "date", "tag"],
)
def test_what_has_no_place_in_the_translation_is_named(
    translation: Translation, change: Any, name: str
) -> None:
    stop(translation)
    page = draft_of(translation)
    change(page)
    by_hand = page.save_revision()

    assert name in resume_translation(translation)
    assert target_of(translation).latest_revision == by_hand


def test_sentences_added_by_hand_within_a_text_are_named(translation: Translation) -> None:
    stop(translation)
    draft = draft_of(translation)
    draft.body[0].value.source = "<p>Uno.</p><p>Due.</p><p>Tre.</p>"
    edit_by_hand(translation, body=draft.body)

    assert resume_translation(translation) == ["Body: Text"]


def test_a_link_added_by_hand_is_named(translation: Translation) -> None:
    stop(translation)
    draft = draft_of(translation)
    draft.body[0].value.source = '<p><a href="https://v2v.example/">Uno.</a></p><p>Two.</p>'
    edit_by_hand(translation, body=draft.body)

    assert resume_translation(translation) == ["Body: Text"]


def test_an_image_chosen_by_hand_stays(site: SiteTree) -> None:
    translation = begin(NewsPageFactory(parent=site.news, listing_image=ImageFactory()))
    stop(translation)
    italian = ImageFactory()
    edit_by_hand(translation, listing_image=italian)

    assert resume_translation(translation) == []
    assert made_from(translation).listing_image == italian


def test_names_that_are_the_same_in_both_languages_need_no_second_translation(
    translation: Translation,
) -> None:
    stop(translation)
    draft = draft_of(translation)
    draft.save_revision().publish()

    resume_translation(translation)

    assert missing(translation) == set()


def test_whoever_resumes_second_changes_nothing(translation: Translation) -> None:
    stop(translation)
    edit_by_hand(translation, title="L'articolo")
    resume_translation(translation)
    type_in(translation, "Article", "Un articolo")

    assert resume_translation(translation) == []
    assert made_from(translation).title == "Un articolo"


def test_a_translation_resumed_by_anything_else_keeps_what_was_typed(
    translation: Translation,
) -> None:
    stop(translation)
    edit_by_hand(translation, title="L'articolo")

    translation.enabled = True
    translation.save()

    assert made_from(translation).title == "L'articolo"


def test_beginning_a_whole_tree_leaves_existing_translations_alone(
    site: SiteTree, translation: Translation, admin_user: Any
) -> None:
    type_all(translation)
    save_draft(translation).publish()
    stop(translation)
    edit_by_hand(translation, title="L'articolo")
    other = NewsPageFactory(parent=site.news, title="Other")

    translate_missing_descendants(site.home, locales=[translation.target_locale], user=admin_user)

    translation.refresh_from_db()
    assert not translation.enabled
    assert target_of(translation).title == "Articolo"
    assert draft_of(translation).title == "L'articolo"
    assert other.get_translation(translation.target_locale).title == "Other"


def test_what_was_typed_survives_the_original(article: Any, translation: Translation) -> None:
    page = target_of(translation)

    article.delete()

    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Articolo"
    assert not Translation.objects.exists()
