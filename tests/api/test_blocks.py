"""Bodies: each block typed, links resolved, people by their consent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import CollectionViewRestriction

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PersonConsentFactory,
    StandardPageFactory,
    TwinningFactory,
)
from tests.glossary import ConceptFactory, term_link
from tests.sites import SiteTree, linked, translate
from v2v_pages.models import NewsPage

from .conftest import block

Get = Callable[..., Any]


@pytest.fixture
def body_of(get: Get, tree: SiteTree) -> Callable[..., list[dict[str, Any]]]:
    """Publishes an article with these blocks and returns its body as the API gives it out."""

    def written(*blocks: dict[str, Any], **parameters: Any) -> list[dict[str, Any]]:
        article = NewsPageFactory(parent=tree.news, body=list(blocks))
        answer = get(
            f"news/{article.translation_key}/", fields="body,reading_minutes", **parameters
        )
        assert answer.status_code == 200
        body: list[dict[str, Any]] = answer.json()["body"]
        return body

    return written


def test_each_block_has_its_type_and_keeps_its_identifier(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)

    body = get("news/").json()["items"][0]["body"]

    types = ["paragraph", "quote", "callout", "table", "image", "gallery", "video", "documents",
             "twinnings", "timeline", "people"]  # fmt: skip
    assert [part["type"] for part in body] == types
    assert [part["id"] for part in body] == [f"id-of-{name}" for name in types]


def test_numbers_of_tables_are_numbers(body_of: Callable[..., Any]) -> None:
    table = {
        "caption": "Hours",
        "columns": [{"type": "number", "heading": "n"}, {"type": "text", "heading": "t"}],
        "rows": [{"values": ["2", "two"]}, {"values": ["0.25", ""]}, {"values": [None, "none"]}],
    }

    [written] = body_of(block("table", table))

    assert written["rows"] == [[2, "two"], [0.25, ""], [None, "none"]]


def test_a_block_of_twinnings_shows_all_or_those_chosen_in_their_order(
    body_of: Callable[..., Any], tree: SiteTree
) -> None:
    first, second, third = (TwinningFactory(number=number) for number in (1, 2, 3))

    every, chosen = body_of(
        block("twinnings", {"heading": "", "twinnings": []}),
        block("twinnings", {"heading": "Two", "twinnings": [third.pk, first.pk]}),
    )

    assert [pair["number"] for pair in every["twinnings"]] == [1, 2, 3]
    assert [pair["number"] for pair in chosen["twinnings"]] == [3, 1]
    assert second.number == 2


def test_the_alternative_text_is_that_of_the_place(body_of: Callable[..., Any]) -> None:
    image = ImageFactory(file__width=16, file__height=10)

    def picture(**image_value: Any) -> dict[str, Any]:
        value = {"image": image.pk, **image_value}
        return block("image", {"image": value, "caption": "c", "consents": []})

    written = body_of(
        picture(alt_text="Here", decorative=False),
        picture(alt_text="Unused", decorative=True),
        picture(alt_text="", decorative=False),
    )

    assert [part["image"]["alt"] for part in written] == ["Here", "", "Learners at a workbench"]
    assert [part["caption"] for part in written] == ["c", "c", "c"]


def test_links_lead_to_the_best_version_in_the_language_asked_for(
    body_of: Callable[..., Any], tree: SiteTree
) -> None:
    about = StandardPageFactory(parent=tree.home, title="About", slug="about")
    translate(about, "it", slug="progetto")
    text = block("paragraph", f'<p><a linktype="page" id="{about.pk}">About</a></p>')

    [italian] = body_of(text, locale="it")
    [finnish] = body_of(text, locale="fi")

    assert italian["html"] == '<p><a href="http://localhost/it/progetto/">About</a></p>'
    assert finnish["html"] == '<p><a href="http://localhost/fi/about/">About</a></p>'


def test_links_to_nothing_public_become_text(body_of: Callable[..., Any], tree: SiteTree) -> None:
    draft = StandardPageFactory(parent=tree.home, draft=True)
    closed = StandardPageFactory(parent=tree.home, restriction="login")
    document = linked(DocumentFactory(collection__name="Closed"))
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    links = [
        f'<a linktype="page" id="{draft.pk}">draft</a>',
        f'<a linktype="page" id="{closed.pk}">closed</a>',
        '<a linktype="page" id="999999">gone</a>',
        '<a linktype="page" id="99999999999999999999">beyond</a>',
        '<a linktype="page" id="x">no number</a>',
        '<a linktype="page">no id</a>',
        f'<a linktype="document" id="{document.pk}">file</a>',
        '<a linktype="unknown" id="1">kind</a>',
    ]

    [paragraph] = body_of(block("paragraph", f"<p>{', '.join(links)}.</p><p>Next</p>"))

    assert paragraph["html"] == (
        "<p>draft, closed, gone, beyond, no number, no id, file, kind.</p><p>Next</p>"
    )


def test_terms_lead_to_the_uris_of_their_concepts(body_of: Callable[..., Any]) -> None:
    old = ConceptFactory(retired=True, replaced_by=(new := ConceptFactory()))
    terms = "".join(map(term_link, (new, old, ConceptFactory(draft=True))))
    [paragraph] = body_of(block("paragraph", terms))
    link = f'<a href="http://localhost/id/glossary/{new.identifier}">these words</a>'
    assert paragraph["html"] == f"{link}{link}these words"


def test_a_link_to_an_unpublished_translation_leads_to_the_published_text(
    body_of: Callable[..., Any], tree: SiteTree
) -> None:
    about = StandardPageFactory(parent=tree.home, title="About", slug="about")
    italian = translate(about, "it", slug="progetto")
    italian.unpublish()

    [paragraph] = body_of(block("paragraph", f'<a linktype="page" id="{italian.pk}">x</a>'))

    assert paragraph["html"] == '<a href="http://localhost/en/about/">x</a>'


def test_addresses_in_texts_are_absolute(body_of: Callable[..., Any]) -> None:
    document = DocumentFactory()
    links = (
        f'<a linktype="document" id="{document.pk}">1</a><a href="/en/news/">2</a>'
        '<a href="https://example.org/?a=1&amp;b=2">3</a><a href="mailto:a@b.example">4</a>'
        '<a href="#part">5</a>'
    )

    [paragraph] = body_of(block("paragraph", links))

    assert paragraph["html"] == (
        f'<a href="http://localhost/documents/{document.pk}/{document.filename}">1</a>'
        '<a href="http://localhost/en/news/">2</a>'
        '<a href="https://example.org/?a=1&amp;b=2">3</a><a href="mailto:a@b.example">4</a>'
        '<a href="#part">5</a>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<a href='JaVaScRiPt:alert(1)'>x</a>",
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<a linktype="page" id="1" href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<p onclick="alert(1)" style="background:url(javascript:alert(1))">x</p>',
        "<svg><animate onbegin=alert(1) attributeName=x></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        '<embed embedtype="media" url="javascript:alert(1)"/>',
        (
            "<math><mtext><table><mglyph><style><!--</style>"
            "<img title='--&gt;&lt;img src onerror=alert(1)&gt;'>"
        ),
        "<form action=javascript:alert(1)><button>x</button></form>",
        "</p><style>*{background:url(javascript:alert(1))}</style>",
        "<link-to-nothing onclick=alert(1)>x</link-to-nothing>",
    ],
)
def test_no_script_leaves_the_site(body_of: Callable[..., Any], hostile: str) -> None:
    columns = [{"type": "rich_text", "heading": "x"}]
    table = {"caption": "", "columns": columns, "rows": [{"values": [hostile]}]}

    paragraph, callout, table = body_of(
        block("paragraph", hostile),
        block("callout", {"tone": "note", "heading": "", "text": hostile}),
        block("table", table),
    )

    html = paragraph["html"].lower()
    assert callout["html"] == table["rows"][0][0] == paragraph["html"]
    for sign in ("<script", "javascript:", "onerror=", "onclick=", "<svg", "<iframe", "style",
                 "<form", "<math", "data:", "<embed"):  # fmt: skip
        assert sign not in html


def test_people_whose_consent_has_ended_are_left_out(body_of: Callable[..., Any]) -> None:
    holds, ended = PersonConsentFactory(), PersonConsentFactory(ended=True, person_name="Gone")
    image = ImageFactory(file__width=16, file__height=10)

    def picture(consent: Any) -> dict[str, Any]:
        value = {"image": image.pk, "alt_text": "x", "decorative": False}
        return {"image": value, "caption": "", "consents": [consent.pk]}

    def person(consent: Any) -> dict[str, Any]:
        return {"consent": consent.pk, "image": None, "text": "t"}

    body = body_of(
        block("quote", {"quote": "Stays.", "consent": holds.pk, "source": ""}),
        block("quote", {"quote": "Gone.", "consent": ended.pk, "source": ""}),
        block("image", picture(ended)),
        block("gallery", [picture(holds), picture(ended)]),
        block("people", [person(holds), person(ended)]),
        block("people", [person(ended)]),
        block("gallery", [picture(ended)]),
    )

    assert [part["type"] for part in body] == ["quote", "gallery", "people"]
    assert body[0]["person"]["name"] == holds.person_name
    assert len(body[1]["images"]) == 1
    assert [shown["name"] for shown in body[2]["people"]] == [holds.person_name]
    assert "Gone" not in str(body)


def test_a_consent_holds_through_its_last_day(body_of: Callable[..., Any]) -> None:
    today = timezone.localdate()
    last = PersonConsentFactory(valid_until=today)
    over = PersonConsentFactory(valid_until=today - timedelta(days=1))
    withdrawn = PersonConsentFactory(withdrawn_on=today)

    body = body_of(
        *(
            block("quote", {"quote": name, "consent": consent.pk, "source": ""})
            for name, consent in (("last", last), ("over", over), ("withdrawn", withdrawn))
        )
    )

    assert [part["quote"] for part in body] == ["last"]


def test_reading_minutes_are_those_of_the_page(get: Get, tree: SiteTree) -> None:
    ended = PersonConsentFactory(ended=True)
    article = NewsPageFactory(
        parent=tree.news,
        body=[
            block("paragraph", "<p>" + "word " * 450 + "</p>"),
            block("quote", {"quote": "word " * 1000, "consent": ended.pk, "source": ""}),
        ],
    )

    item = get(f"news/{article.translation_key}/", fields="reading_minutes").json()

    assert item["reading_minutes"] == article.reading_minutes == 3


def test_old_and_broken_data_break_nothing(get: Get, tree: SiteTree) -> None:
    article = NewsPageFactory(parent=tree.news)
    body = [
        block("paragraph", None),
        block("quote", {}),
        block("callout", None),
        block("table", None),
        block("image", {"image": None}),
        block("gallery", None),
        block("video", {}),
        block("documents", {"documents": [999999]}),
        block("twinnings", {"twinnings": [999999]}),
        block("timeline", {}),
        block("people", [{}]),
        block("of_a_kind_that_is_gone", {"x": 1}),
        {"type": "paragraph", "value": "<p>Whole</p>"},
    ]
    NewsPage.objects.filter(pk=article.pk).update(body=body)

    item = get(f"news/{article.translation_key}/", fields="*").json()

    assert item["body"][-1] == {"id": None, "type": "paragraph", "html": "<p>Whole</p>"}
    assert "of_a_kind_that_is_gone" not in str(item)
