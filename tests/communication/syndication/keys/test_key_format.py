"""A key that was copied with a mistake is told from one that nobody was given."""

import re
from hashlib import sha256

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from communication.syndication.key_format import (
    ALPHABET,
    PREFIX,
    PUBLIC_LENGTH,
    SECRET_LENGTH,
    KeyText,
    MalformedKeyError,
    MistypedKeyError,
    new_key_text,
    read_key,
    write_key,
)

letters = st.sampled_from(ALPHABET)
keys = st.builds(
    write_key,
    st.text(letters, min_size=PUBLIC_LENGTH, max_size=PUBLIC_LENGTH),
    st.text(letters, min_size=SECRET_LENGTH, max_size=SECRET_LENGTH),
)
places = st.integers(len(PREFIX), len(PREFIX) + PUBLIC_LENGTH + SECRET_LENGTH + 5)
repeatable = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@given(keys)
@repeatable
def test_what_was_written_is_read(key: KeyText) -> None:
    assert read_key(key.text) == key


@given(keys, places, letters)
@repeatable
def test_one_wrong_character_is_noticed(key: KeyText, place: int, letter: str) -> None:
    text = key.text
    assume(text[place] != letter)

    with pytest.raises(MistypedKeyError):
        read_key(text[:place] + letter + text[place + 1 :])


@given(keys, places)
@repeatable
def test_two_characters_that_changed_places_are_noticed(key: KeyText, place: int) -> None:
    text = key.text
    assume(place + 1 < len(text) and text[place] != text[place + 1])
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    with pytest.raises(MistypedKeyError):
        read_key(swapped)


@given(keys, places)
@repeatable
def test_a_lost_character_is_noticed(key: KeyText, place: int) -> None:
    text = key.text

    with pytest.raises(MalformedKeyError):
        read_key(text[:place] + text[place + 1 :])


@given(st.text(max_size=60))
@repeatable
def test_whatever_else_is_sent_is_no_key(text: str) -> None:
    with pytest.raises((MalformedKeyError, MistypedKeyError)):
        read_key(text)


def test_keys_are_long_secrets_and_none_comes_twice() -> None:
    made = [new_key_text() for _number in range(100)]

    assert len({key.public_id for key in made}) == 100
    assert all(re.fullmatch(r"v2v_[0-9A-Za-z]{46}", key.text) for key in made)
    assert made[0].digest == sha256(made[0].text.encode()).hexdigest()
