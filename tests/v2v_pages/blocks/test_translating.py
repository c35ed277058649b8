"""Of every block, exactly the words are given to translators, each at its place."""

from typing import Any, Final

import pytest
from wagtail.models import Page
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from tests.factories import (
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    NewsPageFactory,
    PersonConsentFactory,
    TwinningFactory,
)
from tests.sites import SiteTree
from tests.v2v_pages.services.translators import begin, type_all
from v2v_pages.models import HomePage, NewsPage
from v2v_pages.selectors import strings_of
from v2v_pages.services.publishing import save_draft

pytestmark = pytest.mark.django_db

Case = tuple[Any, set[str]]
"""The value of a block as it is stored, and the words in it."""

MARKED: Final = (
    '<p>See <a linktype="page" id="1">this</a>.</p><p>Two.</p>'
    '<p>A <a linktype="term" identifier="C-0001">term</a> in a sentence.</p>'
    '<p>Say <a linktype="language" lang="sq">mirë</a> there.</p>'
)
SENTENCES: Final = {
    'See <a id="a1">this</a>.',
    "Two.",
    'A <a id="a1">term</a> in a sentence.',
    'Say <a id="a1">mirë</a> there.',
}
DATE: Final = {"starts_on": "2021-04-01", "precision": "month", "title": "Start", "text": "More"}


def picture() -> dict[str, Any]:
    image = {"image": ImageFactory().pk, "alt_text": "A vice", "decorative": False}
    return {"image": image, "caption": "Caption", "consents": [PersonConsentFactory().pk]}


def body_cases() -> dict[str, Case]:
    """Returns a case for each block of a body."""
    person = PersonConsentFactory().pk
    portrait = {"image": ImageFactory().pk, "alt_text": "Portrait", "decorative": False}
    return {
        "paragraph": (MARKED, SENTENCES),
        "quote": ({"quote": "Words", "consent": person, "source": "S"}, {"Words", "S"}),
        "callout": (
            {"tone": "tip", "heading": "Heading", "text": "<p>Text</p>"},
            {"Heading", "Text"},
        ),
        "table": (
            {
                "caption": "Hours",
                "columns": [
                    {"type": "text", "heading": "Session"},
                    {"type": "number", "heading": "Length"},
                    {"type": "rich_text", "heading": "Notes"},
                ],
                "rows": [{"values": ["Opening", "2", MARKED]}],
            },
            {"Hours", "Session", "Length", "Opening", "Notes", *SENTENCES},
        ),
        "image": (picture(), {"A vice", "Caption"}),
        "gallery": ([picture()], {"A vice", "Caption"}),
        "video": (
            {"title": "Film", "url": "https://video.example/", "description": "What"},
            {"Film", "What"},
        ),
        "documents": ({"heading": "Files", "documents": [DocumentFactory().pk]}, {"Files"}),
        "twinnings": ({"heading": "Pairs", "twinnings": [TwinningFactory().pk]}, {"Pairs"}),
        "timeline": ({"heading": "Dates", "entries": [DATE]}, {"Dates", "Start", "More"}),
        "people": (
            [{"consent": person, "image": portrait, "text": "Teaches"}],
            {"Portrait", "Teaches"},
        ),
        "subscribe": ({"heading": "Letters", "text": "Monthly"}, {"Letters", "Monthly"}),
    }


def words_in(page: Any, field: str) -> set[str]:
    return {text for path, text in strings_of(page) if path.startswith(f"{field}.")}


def with_body(site: SiteTree, *names_and_values: tuple[str, Any]) -> Any:
    body = NewsPage._meta.get_field("body")
    raw = [{"type": name, "value": value} for name, value in names_and_values]
    return NewsPageFactory(parent=site.news, body=body.to_python(raw))


def test_the_words_of_each_block_of_a_body_are_translated(site: SiteTree) -> None:
    cases = body_cases()
    assert set(cases) == set(NewsPage._meta.get_field("body").stream_block.child_blocks)

    found = {
        name: words_in(with_body(site, (name, value)), "body")
        for name, (value, _words) in cases.items()
    }

    assert found == {name: words for name, (_value, words) in cases.items()}


def test_the_words_of_each_block_of_a_home_page_are_translated(site: SiteTree) -> None:
    fields: dict[str, tuple[str, Any, set[str]]] = {
        "dates": ("date", DATE, {"Start", "More"}),
        "strands": ("strand", {"title": "T", "text": "W", "page": site.news.pk}, {"T", "W"}),
    }
    for name, (block, value, words) in fields.items():
        field = HomePage._meta.get_field(name)
        assert set(field.stream_block.child_blocks) == {block}
        home = HomePageFactory(
            parent=Page.get_first_root_node(),
            slug=name,
            **{name: field.to_python([{"type": block, "value": value}])},
        )
        assert words_in(home, name) == words


def test_pictures_files_and_addresses_may_be_others_in_each_language(site: SiteTree) -> None:
    cases = body_cases()
    names = ("image", "gallery", "video", "documents", "people", "paragraph")
    page = with_body(site, *((name, cases[name][0]) for name in names))

    places = {
        (page.body[index].block_type)
        for segment in extract_segments(page)
        if isinstance(segment, OverridableSegmentValue)
        for index, block in enumerate(page.body)
        if segment.path.startswith(f"body.{block.id}")
    }

    assert {"image", "gallery", "video", "documents", "people"} <= places


def test_content_made_in_code_with_parts_left_out_is_translated(site: SiteTree) -> None:
    empty: dict[type, Any] = {dict: {}, list: [{}], str: ""}
    values = [(name, empty[type(value)]) for name, (value, _words) in body_cases().items()]
    values = [(name, value) for name, value in values if name != "table"]
    page = with_body(site, *values)

    translation = begin(NewsPage.objects.get(pk=page.pk))
    type_all(translation)

    assert save_draft(translation, clean=False).as_object().title == f"{page.title} (it)"


def test_links_and_everything_else_survive_a_catalogue(site: SiteTree) -> None:
    cases = body_cases()
    page = with_body(site, *((name, value) for name, (value, _words) in cases.items()))
    translation = begin(page)
    catalogue = translation.export_po()
    for entry in catalogue:
        entry.msgstr = "poslano" if entry.msgctxt == "slug" else f"{entry.msgid} (it)"

    assert translation.import_po(catalogue) == []

    made = save_draft(translation).as_object()
    assert '<a id="1" linktype="page">this</a>' in made.body[0].value.source
    assert '<a lang="sq" linktype="language">mirë</a>' in made.body[0].value.source
    [table] = [block.value for block in made.body if block.block_type == "table"]
    assert '<a id="1" linktype="page">this</a>' in table.row_data[0]["values"][2].source
    assert words_in(made, "body") == {
        f"{word} (it)" for _value, words in cases.values() for word in words
    }
