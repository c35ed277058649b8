"""Readers get the nearest language there is."""

import pytest

from v2v_snippets.language.fallback import best_of, fallback_chain


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("en", ["en"]),
        ("sq", ["sq", "en"]),
        ("cnr", ["cnr", "sr-latn", "bs", "hr", "en"]),
        ("sr", ["sr", "sr-latn", "bs", "hr", "en"]),
        ("ca", ["ca", "es", "en"]),
    ],
)
def test_chain_goes_from_the_readers_language_to_english(code: str, chain: list[str]) -> None:
    assert fallback_chain(code) == chain


def test_nearest_language_wins_over_english() -> None:
    assert best_of({"en": "news", "hr": "vijesti"}, "cnr") == "vijesti"


def test_text_outside_the_chain_is_better_than_none() -> None:
    assert best_of({"sq": "lajme", "it": "notizie"}, "fi") == "notizie"
    assert best_of({}, "fi") is None
