"""The term of the month, which the pages of this project add to issues."""

from typing import Any

import pytest

from communication.newsletters.rendering.issues import draft_letter
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.issues import SITE, NewsletterPageFactory, letter_of
from tests.sites import translate
from v2v_pages.models import HomePage


@pytest.fixture
def concept(site: None) -> Any:
    GlossaryIndexPageFactory(parent=HomePage.objects.get(locale__language_code="en"))
    return ConceptFactory(
        terms={"en": "dual education", "it": "formazione duale"},
        definitions={"en": "School and company.", "it": "Scuola e azienda."},
    )


@pytest.fixture
def issue(archive: Any, concept: Any) -> Any:
    return NewsletterPageFactory(parent=archive, body=[("term", {"concept": concept})])


def test_a_term_comes_with_its_definition_and_its_page(issue: Any, concept: Any) -> None:
    text = letter_of(issue).text

    assert "* dual education" in text
    assert "Term of the month" in text
    assert "School and company." in text
    assert f"{SITE}/en/glossary/{concept.identifier}/" in text


def test_a_term_is_that_of_the_language_of_the_letter(issue: Any, archive: Any) -> None:
    translate(archive, "it")
    translate(issue, "it", lead="<p>Ciao.</p>")

    text = letter_of(issue, "it").text

    assert "* formazione duale" in text
    assert "Scuola e azienda." in text


def test_a_term_that_is_not_public_is_left_out_and_named(issue: Any, concept: Any) -> None:
    type(concept).objects.filter(pk=concept.pk).update(live=False)

    draft = draft_letter(issue, "en", site_url=SITE)

    assert "dual education" not in draft.letter.text
    assert draft.left_out == ["Term of the month"]
