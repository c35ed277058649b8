"""A site's settings and browsers name languages more exactly than its pages do."""

from typing import Any

import pytest
from django.utils.translation import override

from v2v_snippets.language.fallback import fallback_chain
from v2v_snippets.language.locales import content_language, content_languages, default_language
from v2v_snippets.language.reading import readers_language


@pytest.fixture
def stock_settings(settings: Any) -> None:
    """The languages of a project as ``wagtail start`` writes it."""
    settings.LANGUAGE_CODE = "en-us"
    settings.WAGTAIL_CONTENT_LANGUAGES = None


@pytest.mark.usefixtures("stock_settings")
def test_stock_site_reads_its_pages_in_their_own_language() -> None:
    with override("en-us"):
        assert readers_language() == "en"
    assert content_languages() == ["en"]
    assert default_language() == "en"
    assert fallback_chain("en") == ["en"]


@pytest.mark.usefixtures("stock_settings")
def test_reader_of_a_language_without_pages_reads_the_default_one() -> None:
    with override("de"):
        assert readers_language() == "en"


@pytest.mark.parametrize(("asked", "answer"), [("it-ch", "it"), ("cnr", "cnr"), ("ja", "en")])
def test_country_variants_are_read_in_the_language_there_is(asked: str, answer: str) -> None:
    assert content_language(asked) == answer


def test_default_language_is_one_of_the_content_languages(settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [("it", "Italian"), ("sq", "Albanian")]

    assert default_language() == "it"
