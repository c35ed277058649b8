"""Names stand in the order, and under the letter, where ICU puts them.

The golden files hold 923 names of languages and countries from the CLDR and some hard words, in
ICU's order. ``golden/version.txt`` names the versions, ``golden/make_order.mjs`` made them.
"""

import unicodedata
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Collate
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag

from v2v_snippets.language.collation import alphabet, index_letter, sort_key
from v2v_snippets.language.locales import LANGUAGE_NAMES

GOLDEN = Path(__file__).with_name("golden")

words = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)
languages = st.sampled_from(sorted(LANGUAGE_NAMES))


def golden(language: str) -> list[tuple[str, str]]:
    """Returns pairs of letter and name, in ICU's order."""
    lines = (GOLDEN / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    return [(letter, name) for letter, name in pairs]


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_names_stand_in_the_order_of_icu(language: str) -> None:
    names = [name for _letter, name in golden(language)]

    assert sorted(names, key=lambda name: (sort_key(name, language), name)) == names
    assert sorted(names) != names


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_names_stand_under_the_letter_of_icu(language: str) -> None:
    pairs = golden(language)

    assert [(index_letter(name, language), name) for _letter, name in pairs] == pairs


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("hr", ["cvijet", "čaj", "ćup", "dud", "džep", "đak", "lav", "ljeto", "nož", "njiva"]),
        ("bs", ["dud", "džep", "đak", "ekran", "zid", "žaba"]),
        ("cnr", ["sat", "šuma", "śutra", "tata", "zid", "žaba", "źenica"]),
        ("sr-latn", ["luk", "ljuljaška", "mak", "nos", "njuška"]),
        ("sr", ["друг", "ђак", "елан", "кум", "лук", "љуљашка", "нос", "њушка", "ћуп", "џеп"]),
        ("sl", ["cesta", "čas", "sonce", "šola", "zima", "žaba"]),
        ("sq", ["cak", "çaj", "dua", "dhe", "erë", "ëmbël", "gur", "gjak", "lule", "llamba"]),
        ("fi", ["aamu", "oma", "yö", "åker", "äiti", "öljy"]),
        ("es", ["nube", "nunca", "ñandú", "oso"]),
    ],
)
def test_words_stand_as_in_a_dictionary(language: str, expected: list[str]) -> None:
    assert sorted(set(expected), key=lambda word: sort_key(word, language)) == expected


def test_accents_count_before_case_and_case_before_nothing() -> None:
    expected = ["cote", "Cote", "coté", "côte", "côté", "cotes"]

    assert sorted(set(expected), key=lambda word: sort_key(word, "en")) == expected


def test_index_has_the_digraphs_of_the_alphabet() -> None:
    assert alphabet("hr")[4:8] == ("Ć", "D", "DŽ", "Đ")
    assert alphabet("bs") == alphabet("hr")
    assert alphabet("cnr")[-3:] == ("Z", "Ž", "Ź")
    assert "Ś" in alphabet("cnr")
    assert len(alphabet("sr")) == 30
    assert alphabet("it") == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_letters_of_an_index_stand_under_themselves(language: str) -> None:
    letters = list(alphabet(language))

    assert [index_letter(letter, language) for letter in letters] == letters
    assert sorted(letters, key=lambda letter: sort_key(letter, language)) == letters


def test_regions_and_unknown_languages_get_the_nearest_alphabet() -> None:
    assert index_letter("Džep", "hr-ba") == "DŽ"
    assert index_letter("Džep", "xx") == "D"


def test_what_begins_with_no_letter_has_a_heading_of_its_own() -> None:
    assert index_letter("2021", "en") == "…"
    assert index_letter("", "en") == "…"
    assert index_letter("Ђак", "en") == "…"
    assert index_letter("Đak", "sr") == "…"


@given(text=words, language=languages)
def test_keys_are_texts_that_every_database_takes(text: str, language: str) -> None:
    key = sort_key(text, language)

    assert not {unicodedata.category(sign) for sign in key} & {"Cc", "Cs"}
    assert key == key.rstrip(" ")


@given(text=words, language=languages)
def test_composed_and_decomposed_letters_have_one_key(text: str, language: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert sort_key(decomposed, language) == sort_key(text, language)


@pytest.mark.django_db
def test_databases_sort_keys_as_python_does() -> None:
    keys = {sort_key(name, "hr") for _letter, name in golden("hr")[::4]}
    Tag.objects.bulk_create(Tag(name=key, slug=str(number)) for number, key in enumerate(keys))
    collation = "C" if connection.vendor == "postgresql" else "BINARY"

    found = Tag.objects.order_by(Collate("name", collation)).values_list("name", flat=True)

    assert list(found) == sorted(keys)
