"""Makes issues of newsletters for tests, and reads what is in a letter."""

import re
from html.parser import HTMLParser
from typing import Any

from communication.newsletters.models import NewsletterIndexPage, NewsletterPage
from communication.newsletters.rendering.issues import IssueLetter, render_issue
from tests.factories import ImageFactory, PageFactory

SITE = "http://localhost"


class NewsletterIndexPageFactory(PageFactory):
    """The archive."""

    title = "Newsletters"

    class Meta:
        model = NewsletterIndexPage
        exclude = ["summary"]  # no field of theirs


class NewsletterPageFactory(NewsletterIndexPageFactory):
    """A published issue with a lead text; ``body=[("heading", "Dates")]`` gives it content."""

    title = "First issue"
    subject = "What the schools did in spring"
    preheader = "Visits, stories and a term"
    lead = "<p>Dear readers, <b>spring</b> is here.</p>"

    class Meta:
        model = NewsletterPage
        exclude = ["summary"]


def feature(page: Any, **own: Any) -> tuple[str, dict[str, Any]]:
    """Returns a block that names a page as an editor's form makes it, with the page's picture."""
    block = NewsletterPage.body.field.stream_block.child_blocks["feature"]
    value = block.to_python({"page": page.pk, "title": "", "text": "", "has_image": True})
    value.update(own)
    return "feature", block.clean(value)


def event(**own: Any) -> tuple[str, dict[str, Any]]:
    """Returns a block of an event that has no page."""
    value = {
        "title": "Meeting",
        "starts_on": "2030-05-14",
        "ends_on": "2030-05-16",
        "hours": "10:00 CET",
        "place": "Podgorica",
        "text": "All partners.",
        "url": "",
    }
    return "event", value | own


def figure(image: Any = None, *, alt: str = "A lathe", caption: str = "") -> tuple[str, Any]:
    """Returns a block with a picture on its own, which is a new one unless it is given."""
    picture = image or ImageFactory()
    picture.contextual_alt_text, picture.decorative = alt, not alt
    return "image", {"image": picture, "caption": caption}


def letter_of(issue: Any, language: str = "en") -> IssueLetter:
    """Returns an issue as a letter of the site of all tests."""
    return render_issue(issue, language, site_url=SITE)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags(html: str, name: str) -> list[dict[str, str]]:
    """Returns the attributes of all elements of one name, those for Outlook alone left out."""
    parser = _Tags()
    parser.feed(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    return [attrs for tag, attrs in parser.found if tag == name]
