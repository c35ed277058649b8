"""A translation is outdated while the words of its original are others than it was made from."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import ImageFactory, NewsPageFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.services.translators import begin, publish, target_of, type_all
from v2v_pages.services.publishing import save_draft

NOTICE = "This translation may not have all of what the original says today"


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, title="Article", summary="A summary")


@pytest.fixture
def translated(article: Any) -> Any:
    """The record of a translation that is live."""
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()
    return translation


def test_a_new_translation_is_up_to_date(translated: Any) -> None:
    assert not target_of(translated).translation_is_outdated


def test_changed_words_make_a_translation_outdated_since_that_day(
    article: Any, translated: Any
) -> None:
    changed = publish(article, summary="Another summary")
    publish(article, title="Another title")

    page = target_of(translated)
    assert page.translation_is_outdated
    assert page.original_changed_at == changed.last_published_at


def test_words_that_are_changed_back_are_none(article: Any, translated: Any) -> None:
    publish(article, summary="Another summary")
    publish(article, summary="A summary")

    assert not target_of(translated).translation_is_outdated


def test_pictures_dates_addresses_and_order_outdate_nothing(site: SiteTree) -> None:
    blocks = [("paragraph", "<p>One.</p>"), ("paragraph", "<p>Two.</p>")]
    article = NewsPageFactory(parent=site.news, body=blocks)
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()

    draft = article.get_latest_revision_as_object()
    draft.body = [*reversed([(block.block_type, block.value) for block in draft.body])]
    draft.published_on = "2022-01-01"
    draft.listing_image = ImageFactory()
    draft.slug = "elsewhere"
    draft.save_revision().publish()

    assert not target_of(translation).translation_is_outdated


def test_a_draft_of_the_original_outdates_nothing(article: Any, translated: Any) -> None:
    article.summary = "Another summary"
    article.save_revision()

    assert not target_of(translated).translation_is_outdated


def test_a_complete_translation_of_what_is_new_is_up_to_date_again(
    article: Any, translated: Any
) -> None:
    publish(article, summary="Another summary")
    translated.source.update_from_db()
    type_all(translated)
    assert target_of(translated).translation_is_outdated

    save_draft(translated).publish()

    assert not target_of(translated).translation_is_outdated


def test_publishing_old_words_again_keeps_a_translation_outdated(
    article: Any, translated: Any
) -> None:
    changed = publish(article, summary="Another summary")

    save_draft(translated).publish()

    assert target_of(translated).original_changed_at == changed.last_published_at


def test_whoever_publishes_a_text_edited_by_hand_answers_for_it(
    article: Any, translated: Any
) -> None:
    translated.enabled = False
    translated.save()
    publish(article, summary="Another summary")
    assert target_of(translated).translation_is_outdated

    publish(target_of(translated), summary="Un altro riassunto")

    assert not target_of(translated).translation_is_outdated


def test_a_translation_made_before_its_original_was_published_is_up_to_date(
    site: SiteTree,
) -> None:
    article = NewsPageFactory(parent=site.news, draft=True)
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()
    article.get_latest_revision().publish()
    assert not target_of(translation).translation_is_outdated

    publish(article, summary="Another summary")

    assert target_of(translation).translation_is_outdated


def test_pages_that_share_a_key_without_being_translated_here_are_never_outdated(
    site: SiteTree, article: Any
) -> None:
    translate(site.news, "it")
    italian = translate(article, "it", title="Articolo")
    publish(article, summary="Another summary")
    italian.refresh_from_db()

    assert not italian.translation_is_outdated


def test_readers_are_told_and_led_to_the_original(
    article: Any, translated: Any, client: Client
) -> None:
    url = target_of(translated).url
    assert NOTICE not in client.get(url).content.decode()
    publish(article, summary="Another summary")

    html = client.get(url).content.decode()

    assert '<section class="notice"' in html
    assert f'href="{article.url}"' in html
    assert client.get(article.url).content.decode().count(NOTICE) == 0


def test_partner_sites_and_feeds_are_told(article: Any, translated: Any, client: Client) -> None:
    publish(article, summary="Another summary")

    item = client.get("/api/v1/news/?locale=it").json()["items"][0]
    full = client.get(f"/api/v1/news/{item['id']}/?locale=it").json()

    assert full["translation_is_outdated"] is True
    states = {row["locale"]: row["translation_is_outdated"] for row in full["alternates"]}
    assert states == {"en": False, "it": True}
    assert target_of(translated).listing_marks()[-1].language == "it"
