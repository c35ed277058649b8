"""What feeds say of a page: all of it, in its own language, safe to show elsewhere."""

from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.utils.dateparse import parse_datetime

from tests.communication.syndication.reading import (
    ATOM,
    LANGUAGE,
    read_atom,
    read_json,
    read_xml,
)
from tests.factories import (
    DocumentFactory,
    FundingStatementFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, translate
from v2v_snippets.enums import Licence, TranslationOrigin

pytestmark = pytest.mark.django_db


def test_an_item_carries_the_whole_text_with_absolute_addresses(site: SiteTree) -> None:
    target = NewsPageFactory(parent=site.news, slug="target", published_on=date(2020, 1, 1))
    file = DocumentFactory()
    text = (
        f'<h2>Plans</h2><p>See <a linktype="page" id="{target.pk}">this</a> and '
        f'<a linktype="document" id="{file.pk}">that</a>.</p>'
    )
    picture = {"image": ImageFactory(), "caption": "The workshop", "consents": []}
    NewsPageFactory(parent=site.news, body=[("paragraph", text), ("image", picture)])

    html = read_json()["items"][0]["content_html"]

    assert "<h2>Plans</h2>" in html
    assert '<a href="http://localhost/en/news/target/">this</a>' in html
    assert f'<a href="http://localhost{file.url}">that</a>' in html
    assert 'src="http://localhost/media/images/' in html
    assert 'srcset="http://localhost/media/images/' in html
    assert '="/' not in html
    assert "The workshop" in html
    assert read_atom().entries[0].content[0].value.startswith("<h2>Plans</h2>")


def test_an_item_ends_with_licence_funding_disclaimer_and_footnotes(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, licence=Licence.CC_BY_SA)

    item = read_json()["items"][0]

    end = item["content_html"].partition("<hr>")[2]
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in end
    assert "Funded by the European Union." in end
    assert "This communication reflects only the author's view." in end
    assert "* This designation is without prejudice." in end
    assert item["_v2v"]["licence"]["name"] == "CC BY-SA 4.0"
    assert [text["language"] for text in item["_v2v"]["funding"]] == ["en", "en"]
    assert item["_v2v"]["footnotes"][0]["text"] == "* This designation is without prejudice."


def test_an_item_names_the_grant_that_paid_for_it(site: SiteTree) -> None:
    grant = FundingStatementFactory(texts={"en": {"emblem_line": "Funded as a pilot."}})
    NewsPageFactory(parent=site.news, title="Pilot", funding_statement=grant)
    TwinningStoryPageFactory(parent=site.twinnings, title="Story")

    items = read_json("en/all")["items"]

    lines = {item["title"]: item["_v2v"]["funding"][0]["text"] for item in items}
    assert lines == {"Pilot": "Funded as a pilot.", "Story": "Funded by the European Union."}


def test_all_rights_reserved_is_said_in_the_language_of_the_item(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, licence=Licence.ALL_RIGHTS_RESERVED)

    item = read_json()["items"][0]

    assert "All rights reserved" in item["content_html"]
    assert item["_v2v"]["licence"] == {"name": "All rights reserved", "url": ""}


def test_rights_stand_where_programs_look_for_them(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news)

    entry = read_xml().find(f"{ATOM}entry")

    assert entry is not None
    rights = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    licence = entry.find(f"{ATOM}link[@rel='license']")
    assert entry.findtext(f"{ATOM}rights") == rights
    assert licence is not None
    assert licence.get("href") == "https://creativecommons.org/licenses/by/4.0/"


def test_the_picture_is_an_enclosure_with_its_true_size(site: SiteTree) -> None:
    image = ImageFactory()
    NewsPageFactory(parent=site.news, listing_image=image)

    attachment = read_json()["items"][0]["attachments"][0]
    enclosure = read_atom().entries[0].enclosures[0]
    rendition = image.get_rendition("width-1400|format-jpeg")

    assert attachment["url"] == f"http://localhost{rendition.url}"
    assert attachment["mime_type"] == "image/jpeg"
    assert attachment["size_in_bytes"] == Path(rendition.file.path).stat().st_size
    assert (enclosure.href, int(enclosure.length)) == (
        attachment["url"],
        attachment["size_in_bytes"],
    )
    assert read_json()["items"][0]["image"] == attachment["url"]


def test_a_lost_picture_costs_the_item_its_picture_and_nothing_else(site: SiteTree) -> None:
    image = ImageFactory()
    NewsPageFactory(parent=site.news, listing_image=image)
    lost_later = ImageFactory()
    NewsPageFactory(parent=site.news, listing_image=lost_later)
    Path(image.file.path).unlink()
    Path(lost_later.get_rendition("width-1400|format-jpeg").file.path).unlink()

    items = read_json()["items"]

    assert len(items) == 2
    assert all("image" not in item and "attachments" not in item for item in items)


def test_authors_and_tags_are_named(site: SiteTree) -> None:
    sedu = PartnerFactory(short_name="SEDU", website="https://sedu.example/")
    gsc = PartnerFactory(short_name="GSC")
    NewsPageFactory(parent=site.news, authors=[sedu, gsc], tags=["Visits", "Glossary"])

    item, entry = read_json()["items"][0], read_atom().entries[0]

    assert item["authors"] == [{"name": "GSC"}, {"name": "SEDU", "url": "https://sedu.example/"}]
    assert [author.name for author in entry.authors] == ["GSC", "SEDU"]
    assert sorted(item["tags"]) == ["Glossary", "Visits"]
    assert sorted(tag.term for tag in entry.tags) == ["Glossary", "Visits"]


def test_an_item_says_its_own_language_and_where_the_others_are(site: SiteTree) -> None:
    translate(site.news, "it", slug="notizie")
    page = NewsPageFactory(parent=site.news, title="Kick-off", slug="kick-off")
    translate(page, "it", title="Avvio", slug="avvio")

    item = read_json("it/news")["items"][0]
    entry = read_xml("it/news").find(f"{ATOM}entry")

    assert (item["title"], item["language"]) == ("Avvio", "it")
    assert item["url"] == "http://localhost/it/notizie/avvio/"
    english = {"language": "en", "url": "http://localhost/en/news/kick-off/"}
    assert item["_v2v"]["alternates"] == [english]
    assert entry is not None
    assert entry.get(LANGUAGE) == "it"
    link = entry.find(f"{ATOM}link[@hreflang='en']")
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("alternate", english["url"])


def test_what_is_not_translated_keeps_its_language_and_its_own_address(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="Kick-off", slug="kick-off")

    feed = read_json("fi/news")
    xml = read_xml("fi/news")
    entry = xml.find(f"{ATOM}entry")

    assert feed["language"] == xml.get(LANGUAGE) == "fi"
    assert feed["items"][0]["language"] == "en"
    assert feed["items"][0]["url"] == "http://localhost/en/news/kick-off/"
    assert entry is not None
    assert entry.get(LANGUAGE) == "en"


def test_the_identifier_outlives_changes_and_differs_by_language(site: SiteTree) -> None:
    translate(site.news, "it")
    page = NewsPageFactory(parent=site.news)
    translate(page, "it")
    before = read_json()["items"][0]["id"]
    page.title, page.slug = "New", "new"
    page.save_revision().publish()

    after, italian = read_json()["items"][0], read_json("it/news")["items"][0]

    assert after["title"] == "New"
    assert after["id"] == before == f"urn:uuid:{page.translation_key}#en"
    assert italian["id"] == f"urn:uuid:{page.translation_key}#it"
    assert read_atom().entries[0].id == before


def test_dates_are_the_day_that_readers_see_and_the_moment_of_publication(site: SiteTree) -> None:
    with time_machine.travel("2021-04-02T10:30:00+00:00", tick=False):
        NewsPageFactory(parent=site.news, published_on=date(2021, 3, 29))

    item, entry = read_json()["items"][0], read_atom().entries[0]

    assert item["date_published"] == entry.published == "2021-03-29T00:00:00+02:00"
    assert item["date_modified"] == entry.updated == "2021-04-02T10:30:00+00:00"
    moments = [parse_datetime(item[name]) for name in ("date_published", "date_modified")]
    assert all(isinstance(moment, datetime) and moment.tzinfo for moment in moments)


def test_a_text_published_elsewhere_first_says_where(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, canonical_address="https://efvet.example/news/1")

    item = read_json()["items"][0]
    link = read_xml().find(f"{ATOM}entry/{ATOM}link[@rel='canonical']")

    assert item["_v2v"]["original_url"] == "https://efvet.example/news/1"
    assert link is not None
    assert link.get("href") == "https://efvet.example/news/1"


def test_readers_are_told_what_is_an_example_assumed_or_translated(site: SiteTree) -> None:
    NewsPageFactory(
        parent=site.news,
        is_demo_text=True,
        is_date_assumed=True,
        translation_origin=TranslationOrigin.MACHINE,
    )

    html = read_json()["items"][0]["content_html"]

    assert html.startswith('<p lang="en">')
    assert "Demo text: an example that reports nothing." in html
    assert "The source gives no date: 29 March 2021 is assumed." in html
    assert "Translated by a machine." in html


def test_pairs_of_schools_are_listed_with_their_footnote_marks(site: SiteTree) -> None:
    TwinningFactory(number=1)
    NewsPageFactory(parent=site.news, body=[("twinnings", {"heading": "Pairs", "twinnings": []})])

    html = read_json()["items"][0]["content_html"]

    assert "Kosovo*" in html
    assert '<li value="1">' in html
