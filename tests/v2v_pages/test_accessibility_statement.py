"""The statement on accessibility says what Decision (EU) 2018/1523 asks for; it invents nothing."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import PageFactory, ProjectSettingsFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import read
from v2v_pages.models import AccessibilityStatementPage
from v2v_snippets.models.settings import AccessibilityStatus, AssessmentMethod

PARTS = [
    "Compliance status",
    "What is not accessible",
    "Preparation of this statement",
    "Feedback and contact",
    "Enforcement procedure",
]


def headings(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select("main h2")]


def said(page: BeautifulSoup) -> str:
    return " ".join(page.select("main")[0].get_text(" ").split())


class StatementFactory(PageFactory):
    """A statement that lists something."""

    body = [("paragraph", "<p>An old film has no captions.</p>")]

    class Meta:
        model = AccessibilityStatementPage


@pytest.fixture
def statement(site: SiteTree) -> Any:
    """A statement that lists one thing."""
    return StatementFactory(parent=site.home, slug="accessibility")


@pytest.mark.usefixtures("statement")
def test_a_statement_has_the_parts_of_the_model_statement_and_the_facts_of_the_settings() -> None:
    ProjectSettingsFactory(
        accessibility_assessed_on=date(2026, 3, 4),
        accessibility_status=AccessibilityStatus.PARTIAL,
        accessibility_method=AssessmentMethod.SELF,
        accessibility_email="access@v2v.example",
        enforcement_body="An authority",
        enforcement_url="https://authority.example/",
    )

    page = read("/en/accessibility/")

    assert headings(page) == PARTS
    text = said(page)
    assert "partially compliant with the standard EN 301 549" in text
    assert "Site last assessed on 4 March 2026" in text
    assert "Self-assessment" in text
    assert page.select("main a[href='mailto:access@v2v.example']")
    assert page.select("main a[href='https://authority.example/']")


@pytest.mark.usefixtures("statement")
def test_a_site_that_nobody_has_assessed_says_so() -> None:
    ProjectSettingsFactory(accessibility_status=AccessibilityStatus.FULL)

    text = said(read("/en/accessibility/"))

    assert "has not been assessed yet" in text
    assert "fully compliant" not in text
    assert "last assessed" not in text


def test_the_statement_speaks_the_language_of_its_page(site: SiteTree, statement: Any) -> None:
    translate(statement, "it", title="Accessibilità", slug="accessibilita")

    assert "Stato di conformità" in headings(read("/it/accessibilita/"))
    in_finnish = read("/fi/accessibility/")
    assert in_finnish.select("main")[0]["lang"] == "en"
    assert "Compliance status" in headings(in_finnish)
