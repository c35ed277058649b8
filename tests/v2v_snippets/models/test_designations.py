"""What a term keeps beside itself, so that lists and search need not work it out."""

import pytest

from tests.glossary import ConceptFactory, add_term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "term", "letter", "folded"),
    [("bs", "đak", "Đ", "dak"), ("sq", "shkollë", "SH", "shkolle"), ("sr", "школа", "Ш", "skola")],
)
def test_a_term_knows_its_letter_and_its_folded_form(
    language: str, term: str, letter: str, folded: str
) -> None:
    designation = add_term(ConceptFactory(terms={}), language, term)

    assert (designation.index_letter, designation.folded) == (letter, folded)


def test_forms_that_search_finds_are_kept_folded() -> None:
    designation = add_term(
        ConceptFactory(terms={}),
        "hr",
        "škola",
        hidden_forms="Šcola\n\n",
        inflected_forms="školē\nškolama",
    )

    assert designation.folded_forms == "scola\nskole\nskolama"
