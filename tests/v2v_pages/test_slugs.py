"""Whoever makes a page, a tag or a translation, its address is in letters that all can type."""

import pytest
from django.core.exceptions import ValidationError
from taggit.models import Tag
from wagtail.models import Locale
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationSource,
)

from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from tests.v2v_pages.documents import read
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db


def article(title: str, **fields: str) -> NewsPage:
    """Returns an article that nobody has given an address."""
    return NewsPage(title=title, summary="What happened.", published_on="2021-04-12", **fields)


@pytest.mark.parametrize("title", ["Đak u školi", "Ђак у школи", "Djak u skoli"])
def test_a_page_without_slug_gets_the_expected_one(site: SiteTree, title: str) -> None:
    page = site.news.add_child(instance=article(title))

    assert page.slug == "djak-u-skoli"


def test_pages_of_one_title_are_numbered(site: SiteTree) -> None:
    titles = ["Đak", "Ђак", "a" * 255, "a" * 255]

    slugs = [site.news.add_child(instance=article(title)).slug for title in titles]

    assert slugs[:2] == ["djak", "djak-2"]
    assert slugs[3] == f"{slugs[2]}-2"


def test_a_slug_in_other_letters_is_rewritten(site: SiteTree) -> None:
    page = site.news.add_child(instance=article("Students", slug="Ђаци"))

    assert page.slug == "djaci"


def test_a_given_slug_stays(site: SiteTree) -> None:
    page = site.news.add_child(instance=article("Đak", slug="students_2021"))

    assert page.slug == "students_2021"


def test_a_title_without_letters_needs_a_slug(site: SiteTree) -> None:
    with pytest.raises(ValidationError, match="slug"):
        site.news.add_child(instance=article("🎓"))


def test_tags_of_one_word_get_different_slugs_that_addresses_match(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news)
    page.tags.add("Đak", "Ђак", "djak", "新聞", "2021")
    page.save_revision().publish()

    slugs = dict(Tag.objects.values_list("name", "slug"))

    assert {slugs[name] for name in ("Đak", "Ђак", "djak")} == {"djak", "djak-2", "djak-3"}
    assert slugs["新聞"] == "tag"
    assert slugs["2021"] == "2021"
    for slug in slugs.values():
        assert page.title in read(f"/en/news/tag/{slug}/").get_text()


def test_a_given_slug_of_a_tag_stays() -> None:
    assert Tag.objects.create(name="Đak", slug="students").slug == "students"


def test_a_translated_slug_is_written_as_expected(site: SiteTree) -> None:
    croatian = Locale.objects.get(language_code="hr")
    source, _ = TranslationSource.update_or_create_from_instance(site.home)
    translation = Translation.objects.create(source=source, target_locale=croatian)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=croatian,
            data="Početna đaka" if segment.context.path == "slug" else "Đaci",
        )

    translation.save_target(publish=False)

    page = translation.get_target_instance()
    assert page.slug == "pocetna-djaka"
    assert page.get_latest_revision_as_object().title == "Đaci"
