"""A file comes into the glossary: uploaded, waited for, looked at, and written."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe
from tests.glossary import ConceptFactory
from v2v_snippets.jobs import GlossaryImporting
from v2v_snippets.models import GlossaryConcept

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page


@pytest.fixture
def desk(page: Page, site_url: str) -> Page:
    """The list of concepts, to somebody who may publish."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    ConceptFactory(identifier="C-0001", terms={"en": "school"})
    page.goto("/admin/snippets/v2v_snippets/glossaryconcept/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="C-0001", exact=True)).to_be_visible()
    return page


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one new and one changed concept."""
    path = tmp_path / "terms.csv"
    path.write_text("concept,language,term\nC-0001,sq,shkollë\nC-0002,en,town\n", "utf-8")
    return path


def work() -> None:
    assert GlossaryImporting().run_due(timezone.now()).done == 1


def test_the_page_of_an_import_follows_the_worker(desk: Page, file: Path, axe: Axe) -> None:
    desk.get_by_role("link", name="Import and export").click()
    desk.locator("[type=file]").set_input_files(file)
    assert axe("#main") == []
    desk.get_by_role("button", name="Compare with the glossary").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    assert axe("#main") == []

    work()
    expect(desk.get_by_text("sq: shkollë")).to_be_visible()
    expect(desk.get_by_role("heading", name="town C-0002")).to_be_visible()
    assert axe("#main") == []
    desk.get_by_role("button", name="Write all of this").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()

    work()
    expect(desk.get_by_text("All of this is written")).to_be_visible()
    assert GlossaryConcept.objects.get(identifier="C-0002").name == "town"
