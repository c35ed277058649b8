"""What must never leave the house with an item: people who said no, and markup that runs."""

from datetime import date

import pytest

from tests.communication.syndication.reading import ATOM, read_atom, read_json, read_xml
from tests.factories import NewsPageFactory, PartnerFactory, PersonConsentFactory
from tests.sites import SiteTree
from v2v_snippets.models import PersonConsent

pytestmark = pytest.mark.django_db


def test_people_are_left_out_when_their_consent_has_ended(site: SiteTree) -> None:
    valid, ending = PersonConsentFactory(), PersonConsentFactory(person_name="Ended Person")
    NewsPageFactory(
        parent=site.news,
        body=[
            ("quote", {"quote": "I agree", "consent": valid, "source": ""}),
            ("quote", {"quote": "I agreed once", "consent": ending, "source": ""}),
        ],
    )
    before = read_json()["items"][0]["content_html"]
    PersonConsent.objects.filter(pk=ending.pk).update(valid_until=date(2021, 3, 31))

    after = read_json()["items"][0]["content_html"]

    assert "I agreed once" in before
    assert "I agree" in after
    assert "I agreed once" not in after
    assert "Ended Person" not in after


def test_no_markup_of_an_editor_is_run(site: SiteTree) -> None:
    attack = "<script>alert(1)</script>"
    NewsPageFactory(
        parent=site.news,
        title=f"A {attack} & B",
        summary=f"In short {attack}",
        tags=[attack],
        authors=[PartnerFactory(short_name=attack, slug="attack")],
        body=[
            ("paragraph", f'<p onclick="x()">{attack}<a href="javascript:x()">here</a></p>'),
            ("quote", {"quote": attack, "consent": None, "source": '"><img src=x onerror=x()>'}),
            ("video", {"title": "Film", "url": "javascript:alert(1)", "description": ""}),
        ],
    )

    item, xml = read_json()["items"][0], read_xml()
    html = item["content_html"]
    entry = xml.find(f"{ATOM}entry")

    assert item["title"] == f"A {attack} & B"
    for forbidden in ("<script", "onclick", "javascript:", "<img"):
        assert forbidden not in html
    assert "&lt;script&gt;" in html
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == f"A {attack} & B"
    assert entry.findtext(f"{ATOM}summary") == "In short &lt;script&gt;alert(1)&lt;/script&gt;"
    assert entry.findtext(f"{ATOM}content") == html


def test_control_characters_break_no_feed(site: SiteTree) -> None:
    NewsPageFactory(
        parent=site.news,
        title="Bell\x07 rings",
        summary="Form\x0c feed",
        body=[("paragraph", "<p>Vertical\x0b tab\ufffe</p>")],
    )

    entry = read_atom().entries[0]

    assert (entry.title, entry.summary) == ("Bell rings", "Form feed")
    assert "Vertical tab" in entry.content[0].value
    assert read_json()["items"][0]["title"] == "Bell rings"
