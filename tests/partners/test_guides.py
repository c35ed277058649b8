"""Every address and example in the guides for partners works as it stands there."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import NewsPageFactory, TwinningFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.partners.conftest import EXAMPLE_SITE, EXAMPLES
from tests.repository import MobilityTopicFactory
from tests.sites import build_site

ENTRY = EXAMPLES.with_suffix(".md")
GUIDES = [ENTRY, *sorted(EXAMPLES.glob("*.md"))]
ADDRESS = re.compile(r"`(/(?:feeds|embed|calendars)/[^`<]+)`|https://v2v\.example(/[^\s`'\"<)]*)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def addresses(guide: Path) -> list[str]:
    found = ADDRESS.findall(guide.read_text(encoding="utf-8"))
    return sorted({one or other for one, other in found} - {"/*"})


@pytest.fixture
def whole_site(db: None) -> None:
    """A site with all that the guides name."""
    tree = build_site("it", "sq", "sr")
    pair = TwinningFactory(number=2)
    NewsPageFactory(parent=tree.news, tags=["kick-off"], twinnings=[pair])
    MobilityTopicFactory(slug="insurance")
    GlossaryIndexPageFactory(parent=tree.home)
    ConceptFactory(terms={"en": "school"})
    EventPageFactory(parent=EventIndexPageFactory(parent=tree.home), kind="visit", twinnings=[pair])


def test_every_address_in_the_guides_is_answered(whole_site: None) -> None:
    asked = {address for guide in GUIDES for address in addresses(guide)}

    # those of the API are asked by its own tests, the one of oEmbed below
    fixed = {address for address in asked if "/api/" not in address and "?" not in address}
    answers = {address: Client().get(address).status_code for address in fixed}

    assert len(answers) > 20
    assert {address: code for address, code in answers.items() if code != 200} == {}


def test_the_example_of_oembed_is_answered(whole_site: None) -> None:
    guide = (EXAMPLES / "feeds.md").read_text(encoding="utf-8")
    (query,) = re.findall(rf"curl '{EXAMPLE_SITE}/oembed/\?url={EXAMPLE_SITE}([^']+)'", guide)

    answer = Client().get(f"/oembed/?url={quote('http://localhost')}{query}")

    assert answer.status_code == 200
    assert answer.json()["width"] == 400


def test_links_between_the_guides_lead_somewhere() -> None:
    for guide in GUIDES:
        for link in LINK.findall(guide.read_text(encoding="utf-8")):
            assert (guide.parent / link).exists(), f"{guide.name}: {link}"


def test_the_guides_show_their_files_as_they_are() -> None:
    guide = (EXAMPLES / "web-component.md").read_text(encoding="utf-8")

    assert (EXAMPLES / "component.html").read_text(encoding="utf-8") in guide
