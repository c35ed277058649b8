"""Texts are compared without case, accents and script; what people type is never a mistake."""

import pytest

from v2v_pages.search.highlights import Segment, excerpt, marked
from v2v_pages.search.words import Term, clean, folded_words, read_query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Škola", "skola"),
        ("школа", "skola"),
        ("s\u030ckola", "skola"),
        ("Đak, ђак i djak", "dak dak i dak"),
        ("kick-off", "kick off"),
        ("l'escola col·legi", "l escola collegi"),
        ("«Praksa» (2021)!", "praksa 2021"),
        ("so\u00adft", "soft"),
        ("", ""),
    ],
)
def test_words_are_folded_one_by_one(text: str, words: str) -> None:
    assert folded_words(text) == words


def test_the_last_word_may_be_unfinished_unless_it_is_quoted() -> None:
    assert read_query("stručna prak").terms == (Term(("strucna",)), Term(("prak",), is_prefix=True))
    assert read_query("„stručna praksa“").terms == (Term(("strucna", "praksa")),)
    assert read_query('"stručna pra').terms == (Term(("strucna", "pra"), is_prefix=True),)
    assert read_query("a b").terms == (Term(("a",)), Term(("b",)))


def test_long_queries_are_cut() -> None:
    assert len(read_query("riječ " * 500).terms) == 2
    assert len(read_query(" ".join(f"w{n}" for n in range(100))).words) == 12


def test_marks_stand_on_the_letters_that_people_read() -> None:
    assert marked("Naša škola i školski dan", read_query("skol")) == [
        Segment("Naša "),
        Segment("škola", is_match=True),
        Segment(" i "),
        Segment("školski", is_match=True),
        Segment(" dan"),
    ]


def test_a_phrase_is_marked_only_where_its_words_follow_each_other() -> None:
    parts = marked("praksa u školi, stručna praksa", read_query('"stručna praksa"'))

    assert [part.text for part in parts if part.is_match] == ["stručna", "praksa"]
    assert parts[0].text == "praksa u školi, "


def test_an_excerpt_begins_and_ends_with_whole_words_around_what_was_found() -> None:
    text = clean("Uvod. " * 60 + "Ovdje je učenička praksa opisana. " + "Kraj. " * 60)

    parts = excerpt(text, read_query("praksa"))

    whole = "".join(part.text for part in parts)
    assert whole.startswith("… Uvod")
    assert whole.endswith(" …")
    assert len(whole) < 240
    assert [part.text for part in parts if part.is_match] == ["praksa"]


def test_there_is_no_excerpt_of_a_text_without_the_words() -> None:
    assert excerpt("Ništa od toga", read_query("praksa")) == []


@pytest.mark.parametrize("text", ["škola " * 5, "x", "дјак! škola…", "„“"])
def test_the_parts_of_a_text_are_the_text(text: str) -> None:
    assert "".join(part.text for part in marked(text, read_query("skola x"))) == text
