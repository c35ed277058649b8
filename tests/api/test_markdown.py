"""Running text as Markdown: any renderer makes of it the HTML that it was made from."""

import re
from html import escape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cms.api.representation.markdown import to_markdown
from cms.api.representation.rich_text import ATTRIBUTES, TAGS

RENDERER = MarkdownIt("commonmark")


def rendered(markdown: str) -> str:
    """Returns HTML as a renderer of CommonMark writes it, without what means nothing."""
    html = RENDERER.render(markdown).replace("<!-- -->\n", "")
    return comparable(html)


def comparable(html: str) -> str:
    """Writes the same text in the same way: emphasis by one name, spaces and line ends once."""
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    for plain, strong in (("b", "strong"), ("i", "em")):
        html = re.sub(rf"<(/?){plain}>", rf"<\1{strong}>", html)
    html = re.sub(r"\s*(<br>|</?(?:p|h\d|ul|ol|li|blockquote|hr)\b[^>]*>)\s*", r"\1", html)
    # items of a list without empty lines have no paragraphs
    html = re.sub(r"<li><p>(.*?)</p>", r"<li>\1", html)
    html = re.sub(r"[ \n]+", " ", html).strip()
    before = ""
    while html != before:
        before = html
        html = re.sub(r"<(strong|em|sup|u|a)\b[^>]*>( ?)</\1>", r"\2", html)
        if html != before:
            continue
        html = re.sub(r" *<br> *", "<br>", html)
        html = re.sub(r"(<(?:strong|em)>) ", r" \1", html)
        html = re.sub(r" (</(?:strong|em)>)", r"\1 ", html).replace("  ", " ")
    return html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p>We met.</p>", "We met."),
        ("<h2>Start</h2><p>One</p><h3>Next</h3>", "## Start\n\nOne\n\n### Next"),
        ("<p><b>Bold</b> and <i>slanted</i></p>", "**Bold** and *slanted*"),
        ('<p><a href="https://a.example/x">Go</a></p>', "[Go](https://a.example/x)"),
        ('<p><a href="https://a.example/x(1)">Go</a></p>', "[Go](<https://a.example/x(1)>)"),
        ("<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>", "- One\n- Two\n  - Three"),
        ('<ol start="3"><li>One</li><li>Two</li></ol>', "3. One\n4. Two"),
        ("<blockquote><p>Said</p></blockquote><hr>", "> Said\n\n---"),
        ("<p>Line<br>after line</p>", "Line\\\nafter line"),
        ("<p>2 * 3_4 [x] # 1</p>", "2 \\* 3\\_4 \\[x\\] # 1"),
        ("<p>1. no list<br>- none<br># none</p>", "1\\. no list\\\n\\- none\\\n\\# none"),
        ('<p>Say <span lang="sq">mirë</span></p>', 'Say <span lang="sq">mirë</span>'),
        ('<p lang="sq">Mirë</p>', '<span lang="sq">Mirë</span>'),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        ("<p>Type <code>a`b</code></p>", "Type ``a`b``"),
        ("<p>&amp;copy; &lt;b&gt;</p>", "\\&copy; \\<b\\>"),
        ("<p>a<b>(b)</b>c</p>", "a<b>(b)</b>c"),
        ("<p></p><p> </p>", ""),
    ],
)
def test_html_becomes_markdown_that_people_would_write(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown
    assert rendered(markdown) == comparable(html.replace("<p></p><p> </p>", "")).replace(
        '<p lang="sq">Mirë</p>', '<p><span lang="sq">Mirë</span></p>'
    )


def inside(tag: str, parts: list[str]) -> str:
    """Returns an element with these parts in it."""
    return f"<{tag}>{''.join(parts)}</{tag}>"


WORDS = st.text("ab 1.)#-+=*_`[]<>&;!\\|~(:š\xa0", min_size=1, max_size=8).map(escape)
SIGNS = st.sampled_from(["b", "i", "em", "strong", "sup", "u"])
INLINE = st.recursive(
    WORDS | WORDS.map(lambda text: f"<code>x{text}x</code>") | st.just("<br>"),
    lambda inner: st.builds(inside, SIGNS, st.lists(inner, min_size=1, max_size=3)),
    max_leaves=6,
)
LINK = INLINE.map(lambda text: f'<a href="https://a.example/?a=1&amp;copy=2">{text}</a>')
LINE = st.lists(INLINE | LINK, min_size=1, max_size=3).map(lambda parts: f"x{''.join(parts)}x")
ITEMS = st.lists(LINE.map(lambda line: f"<li>{line}</li>"), min_size=1, max_size=3)
LISTS = st.builds(inside, st.sampled_from(["ol", "ul"]), ITEMS)
NESTED = st.builds(lambda line, inner: f"<ul><li>{line}{inner}</li></ul>", LINE, LISTS)
BLOCK = (
    LINE.map(lambda line: f"<p>{line}</p>")
    | LINE.map(lambda line: f"<h3>{line.replace('<br>', ' ')}</h3>")
    | st.just("<hr>")
    | LISTS
    | NESTED
)
QUOTE = st.builds(inside, st.just("blockquote"), st.lists(BLOCK, min_size=1, max_size=2))


@given(st.lists(BLOCK | QUOTE, min_size=1, max_size=3).map("".join))
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_comes_back_from_a_renderer(html: str) -> None:
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)

    assert rendered(to_markdown(html)) == comparable(html)


@pytest.mark.parametrize("start", ["first", "٣", "-1", "", "9" * 5000])
def test_a_list_that_begins_with_no_number_begins_with_one(start: str) -> None:
    assert to_markdown(f'<ol start="{start}"><li>One</li></ol>') == "1. One"
