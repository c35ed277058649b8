"""What each block looks like on a page, and what of it leaves the house."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue

from tests.factories import (
    DocumentFactory,
    NewsPageFactory,
    PersonConsentFactory,
)
from tests.pictures import drawn
from tests.sites import SiteTree, build_partnership, linked
from tests.stories import described_image, every_block
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.blocks import StoryBlock

pytestmark = pytest.mark.django_db


def story(*blocks: tuple[str, Any]) -> BeautifulSoup:
    """Renders blocks as the body of a page does."""
    block = StoryBlock()
    value: StreamValue = block.normalize(list(blocks))
    return BeautifulSoup(value.render_as_block(), "html.parser")


def test_a_paragraph_stands_without_a_wrapper() -> None:
    html = story(("paragraph", "<h2>Next</h2><p>We <b>met</b>.</p>"))

    assert str(html).strip() == "<h2>Next</h2><p>We <b>met</b>.</p>"


def test_a_quotation_names_the_person_by_consent() -> None:
    consent = PersonConsentFactory(person_name="Ana K.", role="Teacher, SEDU")

    html = story(("quote", {"quote": "We learned a lot.", "consent": consent, "source": ""}))

    assert text_of(one(html, "figure.quote > blockquote")) == "We learned a lot."
    assert text_of(one(html, "figcaption")) == "Ana K., Teacher, SEDU Shown with consent"


def test_a_quotation_says_until_when_the_person_agreed_to_it() -> None:
    consent = PersonConsentFactory(person_name="Ana K.", role="", valid_until=date(2127, 12, 31))

    html = story(("quote", {"quote": "We learned a lot.", "consent": consent, "source": ""}))

    assert text_of(one(html, "figcaption")) == ("Ana K. Shown with consent, until 31 December 2127")


def test_a_quotation_from_a_document_names_its_source() -> None:
    html = story(("quote", {"quote": "Onwards.", "consent": None, "source": "Minutes"}))

    assert text_of(one(html, "figcaption")) == "Minutes"


def test_a_call_out_says_what_kind_it_is() -> None:
    html = story(("callout", {"tone": "warning", "heading": "Visa", "text": "<p>Ask.</p>"}))

    assert text_of(one(html, "[role=note]")) == "Warning Visa Ask."


def test_a_table_has_a_caption_headers_and_can_be_scrolled_by_keyboard() -> None:
    table = {
        "caption": "Sessions",
        "columns": [{"type": "text", "heading": "Day"}, {"type": "number", "heading": "Hours"}],
        "rows": [{"values": ["Monday", 2]}],
    }

    html = story(("table", StoryBlock().child_blocks["table"].to_python(table)))

    assert one(html, ".scroll")["tabindex"] == "0"
    assert one(html, ".scroll")["aria-label"] == "Sessions"
    assert [text_of(head) for head in html.select("th[scope=col]")] == ["Day", "Hours"]
    assert [text_of(cell) for cell in html.select("td")] == ["Monday", "2"]


def test_a_picture_has_modern_formats_its_description_and_credit() -> None:
    image = drawn(described_image(credit="Photo: Jane Doe"))

    html = story(("image", {"image": image, "caption": "The workshop", "consents": []}))

    assert [source["type"] for source in html.select("source")] == ["image/avif", "image/webp"]
    img = one(html, "img")
    assert img["alt"] == "Two learners"
    assert img["loading"] == "lazy"
    assert (img["width"], img["height"]) == ("1400", "875")
    assert text_of(one(html, "figcaption")) == "The workshop Photo: Jane Doe, CC BY 4.0"


def test_a_decorative_picture_has_an_empty_description() -> None:
    image = described_image()
    image.contextual_alt_text, image.decorative = "", True

    html = story(("image", {"image": image, "caption": "", "consents": []}))

    assert one(html, "img")["alt"] == ""


def test_a_picture_whose_file_is_lost_leaves_the_page_whole() -> None:
    image = described_image()
    image.file.storage.delete(image.file.name)

    html = story(
        ("image", {"image": image, "caption": "The workshop", "consents": []}),
        ("paragraph", "<p>Text</p>"),
    )

    assert html.select("img") == []
    assert text_of(html.p) == "Text"


def test_a_gallery_lists_its_pictures() -> None:
    items = [{"image": described_image(), "caption": f"No {n}", "consents": []} for n in (1, 2)]

    html = story(("gallery", items))

    assert [text_of(item) for item in html.select(".gallery > li figcaption")] == [
        "No 1 Photo: V2V, CC BY 4.0",
        "No 2 Photo: V2V, CC BY 4.0",
    ]


def test_a_film_is_a_link_that_says_where_it_leads() -> None:
    film = {"title": "A day", "url": "https://video.example/1", "description": "Four minutes."}

    html = story(("video", film))

    assert links(html) == {"A day": "https://video.example/1"}
    assert text_of(html.small) == "Film on video.example"
    assert html.select("iframe, video, script") == []


def test_downloads_state_type_and_size() -> None:
    documents = {"heading": "Downloads", "documents": [linked(DocumentFactory(title="Programme"))]}

    html = story(("documents", documents))

    assert text_of(html.li) == "Programme TXT, 9\xa0bytes".replace("\xa0", " ")


def test_a_timeline_gives_machines_what_is_known_of_each_date() -> None:
    entries: list[dict[str, Any]] = [
        {"starts_on": date(2021, 3, 15), "ends_on": date(2021, 3, 25), "precision": "day"},
        {"starts_on": date(2021, 4, 1), "ends_on": None, "precision": "month"},
    ]
    texts = {"title": "Work", "text": ""}

    html = story(("timeline", {"heading": "", "entries": [entry | texts for entry in entries]}))

    assert [(time["datetime"], text_of(time)) for time in html.select("time")] == [
        ("2021-03-15", "15–25 Mar 2021"),
        ("2021-04", "April 2021"),
    ]


def test_people_are_shown_by_their_consent() -> None:
    consent = PersonConsentFactory(person_name="Ana K.", role="Teacher")

    html = story(("people", [{"consent": consent, "image": described_image(), "text": "Welds."}]))

    assert text_of(one(html, ".people li")) == (
        "Ana K. Teacher Welds. Shown with consent Photo: V2V, CC BY 4.0"
    )
    assert one(html, "img")["alt"] == "Two learners"


def test_pairs_can_be_chosen_and_keep_their_numbers(site: SiteTree) -> None:
    pairs = build_partnership()
    chosen = {"heading": "Two of them", "twinnings": [pairs[3], pairs[1]]}
    NewsPageFactory(parent=site.news, slug="two", body=[("twinnings", chosen)])

    page = read("/en/news/two/")

    assert [text_of(number) for number in page.select(".prose .pair__n")] == ["4", "2"]


def test_all_pairs_are_shown_where_none_is_chosen() -> None:
    build_partnership()

    html = story(("twinnings", {"heading": "", "twinnings": []}))

    assert len(html.select(".pair")) == 5


def test_outside_of_the_site_pairs_are_a_plain_list_with_their_numbers(site: SiteTree) -> None:
    pairs = build_partnership()
    body = [("twinnings", {"heading": "", "twinnings": [pairs[2]]})]
    article = NewsPageFactory(parent=site.news, body=body)

    html = BeautifulSoup(article.body_html(), "html.parser")

    assert one(html, "ol > li")["value"] == "3"
    assert text_of(html.li) == ("SEDU (Finland) – Centre of Competence (Ferizaj, Kosovo*)")
    assert html.select("[class*=pair]") == []


def test_outside_of_the_site_pictures_have_whole_addresses(site: SiteTree) -> None:
    body = [("image", {"image": drawn(described_image()), "caption": "", "consents": []})]
    article = NewsPageFactory(parent=site.news, body=body)

    html = BeautifulSoup(article.body_html(), "html.parser")

    assert str(one(html, "img")["src"]).startswith("http://localhost/media/images/")
    for candidate in str(html.select("source")[0]["srcset"]).split(", "):
        assert candidate.startswith("http://localhost/media/images/")


def test_every_kind_of_block_has_been_seen() -> None:
    kinds = {kind for kind, _value in every_block()}

    assert kinds == set(StoryBlock().child_blocks)
