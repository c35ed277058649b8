"""Search finds a word however it is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from v2v_snippets.language.folding import fold


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("skola", "škola"),
        ("SKOLA", "Škola"),
        ("школа", "škola"),
        ("škola", "школа"),
        ("dak", "đak"),
        ("djak", "đak"),
        ("djak", "Ђак"),
        ("Đak", "ђак"),
        ("sutra", "С́утра"),
        ("zenica", "Źenica"),
        ("dzep", "Џеп"),
        ("ljubav", "Љубав"),
        ("elka", "Ёлка"),
        ("nxenes", "nxënës"),
        ("cdo", "çdo"),
        ("strasse", "Straße"),
        ("STRASSE", "straẞe"),
        ("tyossa", "työssä"),
        ("oeuvre", "Œuvre"),
        ("lodz", "Łódź"),
        ("izmir", "İzmir"),
        ("collegi", "col·legi"),
        ("d'ofici", "d’ofici"),
        ("final", "ﬁnal"),
        ("IV 2", "Ⅳ ²"),
        ("kick-off", "kick\u2011off"),
        ("education", "edu\u00adcation"),
    ],
)
def test_typed_words_find_written_ones(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(("one", "other"), [("dak", "tak"), ("lav", "ljav"), ("news", "new s")])
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_blanks_are_single_and_inside() -> None:
    assert (
        fold("  Vocational\n education\u00a0and\ttraining ") == "vocational education and training"
    )


@given(text=st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text())
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(words=st.lists(st.text(alphabet="abcčćdđežljnšабвгђжљњћџш", min_size=1), min_size=1))
def test_a_word_is_found_in_its_sentence(words: list[str]) -> None:
    assert all(fold(word) in fold(" ".join(words)) for word in words)
