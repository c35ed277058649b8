"""On paper: every type of page is whole, within its margins, and says who funded it.

So it is for readers of four languages.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.page_types import everywhere
from tests.vet_systems import VETSystemPageFactory, value
from v2v_pages.models import VETSystemIndexPage
from v2v_snippets.enums import IndicatorKind
from v2v_snippets.models import Country, VETIndicator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOUR_COUNTRIES = "/en/vet-systems/compare/ba/fi/hr/it/"
PAPER: ViewportSize = {"width": 672, "height": 986}
"""A4 at 96 dots to the inch, less the margins of the style sheet: 16 mm and 18 mm."""

PATHS = [*(address for addresses in everywhere().values() for address in addresses), FOUR_COUNTRIES]
"""Each type of page for readers of four languages, and a table that is wide."""

UNION = {"sq": "Bashkimi? Evropian", "sr": r"Европск\w+ униј"}
"""Who funds, by the language of readers; who has no wording of their own reads the English one."""

CUT = """() => {
  const right = document.documentElement.clientWidth + 1;
  const isCut = each => {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    const isHidden = !each.checkVisibility() || each.closest('.vh, title, desc') || !box.width;
    const hides = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
    return !isHidden && (hides || box.right > right || box.left < -1);
  };
  return [...document.querySelectorAll('body *')].filter(isCut)
    .map(each => each.outerHTML.slice(0, 120));
}"""


@pytest.fixture(autouse=True)
def four_systems(demo: str) -> None:
    """Two more VET systems than the demo has, in words that are long."""
    index = VETSystemIndexPage.objects.get(locale__language_code="en")
    indicators = VETIndicator.objects.filter(kind=IndicatorKind.TEXT)
    for code in ("FI", "IT"):
        words = "Internationalisation of vocational education and training in all municipalities"
        VETSystemPageFactory(
            parent=index,
            country=Country.objects.get(code=code),
            values=[value(indicator, words) for indicator in indicators],
        )


def test_every_type_of_page_prints_whole_and_with_its_funding(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    cut, unfunded, unprinted = {}, [], []
    for path in PATHS:
        page.goto(path)
        cut[path] = page.evaluate(CUT)
        funding = page.locator(".fund p").first
        union = UNION.get(path.split("/")[1], "European Union")
        if not (funding.is_visible() and re.search(union, funding.inner_text())):
            unfunded.append(path)
        if not page.pdf(path=tmp_path / "page.pdf", format="A4").startswith(b"%PDF-"):
            unprinted.append(path)

    assert {path: found for path, found in cut.items() if found} == {}
    assert unfunded == []
    assert unprinted == []
