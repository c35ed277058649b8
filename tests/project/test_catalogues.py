"""Whoever reads the site in another language reads all of it in that language."""

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from cms.services.catalogues import (
    catalogue_path,
    is_translated,
    owner,
    read_catalogue,
    source_catalogues,
    target_languages,
)

from .sources import place

Sources = dict[str, tuple[Catalog, dict[str, Catalog]]]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """For each app with strings: those of its sources, and its catalogue in each language."""
    return {
        place(app): (strings, {code: read_catalogue(app, code) for code in target_languages()})
        for app, strings in source_catalogues().items()
    }


@pytest.mark.parametrize("language", target_languages())
def test_no_string_lacks_a_translation(sources: Sources, language: str) -> None:
    missing = []
    for app, (strings, catalogues) in sources.items():
        for message in strings:
            translated = catalogues[language].get(message.id, message.context)
            if message.id and (translated is None or not is_translated(translated)):
                missing.append(f"{app}: {message.id!r}")

    assert missing == [], "Run manage.py makemessages, and translate what is empty."


@pytest.mark.parametrize("language", target_languages())
def test_no_translation_outlives_its_string(sources: Sources, language: str) -> None:
    outlived = [
        f"{app}: {message.id!r}"
        for app, (strings, catalogues) in sources.items()
        for message in catalogues[language]
        if message.id and strings.get(message.id, message.context) is None
    ]

    assert outlived == [], "Run manage.py makemessages."


@pytest.mark.parametrize("language", target_languages())
def test_translations_keep_the_placeholders(sources: Sources, language: str) -> None:
    broken = [
        f"{app}: {message.id!r}: {error}"
        for app, (_strings, catalogues) in sources.items()
        for message, errors in catalogues[language].check()
        for error in errors
    ]

    assert broken == []


def test_strings_of_a_template_belong_to_the_app_that_it_is_packed_into() -> None:
    card = settings.ROOT / "templates" / "v2v_components" / "card.html"
    page = settings.ROOT / "templates" / "v2v_pages" / "news_page.html"
    error = settings.ROOT / "templates" / "404.html"
    overridden = settings.ROOT / "templates" / "wagtailcore" / "shared" / "block_preview.html"

    assert catalogue_path(owner(card), "it").match("v2v_snippets/locale/it/LC_MESSAGES/django.po")
    assert catalogue_path(owner(page), "it").match("v2v_pages/locale/it/LC_MESSAGES/django.po")
    assert catalogue_path(owner(error), "it").match("cms/locale/it/LC_MESSAGES/django.po")
    assert owner(overridden) == owner(error)
