"""``/llms.txt``: where programs that read for people begin (llmstxt.org).

Markdown with the sections of the site, its languages, and the addresses that hold the same content
without the frame around it. Titles and summaries are those of the pages, in the site's language.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from v2v_pages.frame import Frame
from v2v_snippets.language.locales import default_language

MARKS: Final = re.compile(r"[\\`*_\[\]<>]")
MACHINES: Final = (
    ("v2v_api:docs", "API", "all content as JSON, running text as HTML or Markdown"),
    ("v2v_api:openapi-json", "OpenAPI document", "what the API answers"),
    ("v2v_api:export_content", "Export", "every item with its text, one JSON object a line"),
    ("v2v_pages:glossary", "Glossary", "concepts with stable addresses, as SKOS and TBX, too"),
    ("sitemap", "Site map", "every page in every language, with its versions"),
)
"""Name of an address, what it is called, and what it holds. Programs read English."""


def llms_txt(request: HttpRequest) -> HttpResponse:
    """Says in Markdown what the site holds and where."""
    with override(default_language()):
        lines = list(_lines(request, Frame(request)))
    return HttpResponse("\n".join([*lines, ""]), content_type="text/markdown; charset=utf-8")


def _lines(request: HttpRequest, frame: Frame) -> Iterator[str]:
    yield f"# {_plain(frame.site_name) or request.get_host()}"
    sections = [
        (link.title, link.url, link.page.search_description)
        for link in frame.menu + frame.footer_links
    ]
    languages = [(link.name, link.url, "") for link in frame.home_links]
    machines = [(title, reverse(name), text) for name, title, text in MACHINES]
    for heading, links in (
        ("Sections", sections),
        ("Languages", languages),
        ("For programs", machines),
    ):
        if links:
            yield from ("", f"## {heading}", "")
        for title, url, text in links:
            more = f": {_plain(text)}" if text else ""
            yield f"- [{_plain(title)}]({request.build_absolute_uri(url)}){more}"


def _plain(text: str) -> str:
    """Returns a text in one line, without signs that Markdown would read."""
    return MARKS.sub(r"\\\g<0>", " ".join(text.split()))
