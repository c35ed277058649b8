"""The parameter ``rich_text``: running text as HTML or as Markdown, wherever there is any."""

from collections.abc import Callable
from typing import Any

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cms.api.representation.rich_text import ATTRIBUTES, SCHEMES, TAGS, RichTextWriter
from cms.api.schemas.lists import NewsListSchema, ProcessListSchema
from tests.factories import NewsPageFactory, StandardPageFactory
from tests.glossary import full_concept, term_link
from tests.process import MobilityModulePageFactory, MobilityProcessPageFactory, fill, phase, step
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

from .conftest import block
from .festival.models import FestivalPage
from .test_frame import assert_problem

Get = Callable[..., Any]


def blocks_of(answer: Any) -> dict[str, Any]:
    """Returns the blocks of the only item by their type."""
    [item] = answer["items"]
    return {block["type"]: block for block in item["body"]}


def test_running_text_comes_as_markdown_with_absolute_links(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)

    answer = get("news/", rich_text="markdown", fields="*").json()

    NewsListSchema.model_validate(answer, extra="forbid")
    blocks = blocks_of(answer)
    paragraph, callout, table = (blocks[kind] for kind in ("paragraph", "callout", "table"))
    assert paragraph["html"] == callout["html"] == ""
    assert callout["markdown"] == "Ask."
    head, text = paragraph["markdown"].split("\n\n")
    assert head == "## Start"
    assert text.startswith("See [schools](http://localhost/en/schools/), [programme](http://")
    assert text.endswith("[more](https://example.org/).")
    assert table["rows"] == [["Opening", 2.5, "Online"]]
    assert table["markdown"].splitlines() == [
        "| Session | Hours | Notes |",
        "| --- | ---: | --- |",
        "| Opening | 2.5 | Online |",
    ]


def test_html_remains_what_comes_unasked(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)

    plain, asked = (get("news/", **more).json() for more in ({}, {"rich_text": "html"}))

    assert plain == asked
    for kind in ("paragraph", "callout", "table"):
        assert "markdown" not in blocks_of(plain)[kind]
    assert blocks_of(plain)["paragraph"]["html"].startswith("<h2>Start</h2>")


def test_terms_and_other_languages_survive(get: Get, tree: SiteTree) -> None:
    concept = full_concept()
    text = f'<p>See {term_link(concept)}: <a linktype="language" lang="sq">mirë</a>.</p>'
    NewsPageFactory(parent=tree.news, body=[block("paragraph", text)])

    written = blocks_of(get("news/", rich_text="markdown").json())["paragraph"]["markdown"]

    assert f"[these words](http://localhost/id/glossary/{concept.identifier})" in written
    assert '<span lang="sq">mirë</span>' in written


def test_links_to_what_is_not_public_become_text(get: Get, tree: SiteTree) -> None:
    draft = StandardPageFactory(parent=tree.home, draft=True)
    text = f'<p>Our <a linktype="page" id="{draft.pk}">plans</a></p>'
    NewsPageFactory(parent=tree.news, body=[block("paragraph", text)])

    written = blocks_of(get("news/", rich_text="markdown").json())["paragraph"]["markdown"]

    assert written == "Our plans"


def test_a_cell_stays_in_its_row(get: Get, tree: SiteTree) -> None:
    value = {
        "caption": "",
        "columns": [{"type": "text", "heading": "A|B"}, {"type": "rich_text", "heading": "C"}],
        "rows": [{"values": ["x | y\\", "<p>One<br>two | <b>three</b></p><p>Four</p>"]}],
    }
    NewsPageFactory(parent=tree.news, body=[block("table", value)])

    written = blocks_of(get("news/", rich_text="markdown").json())["table"]["markdown"]

    html = MarkdownIt("commonmark").enable("table").render(written)
    assert "<th>A|B</th>" in html
    assert "<td>x | y\\</td>" in html
    assert "<td>One<br>two | <strong>three</strong><br>Four</td>" in html


def test_steps_of_a_process_come_as_markdown(get: Get, tree: SiteTree) -> None:
    process = MobilityProcessPageFactory(parent=tree.home)
    module = MobilityModulePageFactory(
        parent=process, steps=[step(text="<p>Ask <b>early</b>.</p>")]
    )
    fill(process, phase(module))

    answer = get("process/", rich_text="markdown", fields="*").json()

    ProcessListSchema.model_validate(answer, extra="forbid")
    [first] = answer["items"][0]["phases"][0]["modules"][0]["steps"]
    assert first["html"] == ""
    assert first["markdown"] == "Ask **early**."


def test_fields_of_other_page_types_come_as_markdown(get: Get, tree: SiteTree) -> None:
    festival = FestivalPage(title="Festival", slug="festival", motto="<p><i>Go</i> on</p>")
    tree.home.add_child(instance=festival)

    [item] = get("content/", type="festival.festivalpage", rich_text="markdown").json()["items"]

    assert item["values"]["motto"] == "*Go* on"


def test_other_forms_are_refused(get: Get, tree: SiteTree) -> None:
    assert_problem(get("news/", rich_text="asciidoc"), 400)


@pytest.mark.parametrize("path", ["countries/", "glossary/"])
def test_what_has_no_running_text_does_not_know_the_parameter(
    get: Get, tree: SiteTree, path: str
) -> None:
    assert_problem(get(path, rich_text="markdown"), 400)


SNIPPETS = [
    "<p>", "</p>", "<h2>", "</h2>", "<b>", "</b>", "<i>", "</i>", "<em>", "</strong>", "<ul>",
    "<li>", "<br/>", "<P>", "<p >", "<script>", "<b onclick=x>", "&amp;", "&lt;", "&nbsp;", "&",
    '<a href="http://localhost/en/news/">', '<a href="http://localhost/en/a_b-c">', "</a>",
    '<a href="http://localhost/?q=a&amp;b">', '<a href="http://localhost.example/">',
    '<a href="http://localhost">', "<", ">", '"', "\u00a0", "\u0000", "\r\n", "\n", "\x7f",
    "\u2028", "\ufeff", "шк", "a", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join))
def test_what_seems_clean_is_what_the_sanitiser_would_return(inner: str) -> None:
    writer = RichTextWriter("http://localhost", {}, str)
    options: Any = {"tags": TAGS, "attributes": ATTRIBUTES, "url_schemes": SCHEMES}

    for html in (inner, f"<p>{inner}</p>", f"<p>a</p><h3>{inner}</h3>"):
        assert writer.html(html) == nh3.clean(html, link_rel=None, **options)
