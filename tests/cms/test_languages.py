"""The browser's languages lead to the nearest one that the site speaks."""

import pytest
from pytest_django import Settings

from cms.checks import check_catalogues
from v2v_snippets.language.locales import preferred_language


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("cnr-ME", "cnr"),
        ("sr-Latn-ME", "sr-latn"),
        ("sr-latn-rs", "sr-latn"),
        ("sr-ME", "sr"),
        ("sr-Cyrl-RS", "sr"),
        ("bs-Latn-BA", "bs"),
        ("sq-XK", "sq"),
        ("ca-ES-valencia", "ca"),
        ("sh", "sr-latn"),
        ("sh-BA,en;q=0.5", "sr-latn"),
        ("me", "en"),
        ("nl-BE", "nl"),
        ("es-419", "es"),
        ("fi-FI", "fi"),
        ("de-AT,de;q=0.9,it;q=0.3", "it"),
        ("en;q=0.2,sq;q=0.8", "sq"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_browsers_get_the_nearest_language(header: str, code: str) -> None:
    assert preferred_language(header) == code


def test_every_language_has_a_compiled_catalogue() -> None:
    assert check_catalogues(None) == []


def test_a_language_without_catalogue_is_named_with_the_way_out(settings: Settings) -> None:
    languages = [*settings.LANGUAGES, ("mk", "Macedonian")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages

    [error] = check_catalogues(None)

    assert error.id == "v2v.E010"
    assert "mk" in error.msg
    assert "make" in (error.hint or "")
