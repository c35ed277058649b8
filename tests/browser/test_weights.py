"""The public site is light: what each type of page weighs on its way to a first visitor."""

from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page

from tests.browser.loads import HOME_BUDGET, Scheme, excesses, load
from tests.browser.page_types import REPORTED, everywhere
from tests.factories import ImageFactory, NewsPageFactory
from v2v_pages.models import NewsIndexPage

pytestmark = pytest.mark.browser


LOOKS: dict[int, Scheme] = {1280: "light", 390: "dark"}
"""The colours that each width is looked at in: each asks for all that it needs."""


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "paths",
    [
        pytest.param([*REPORTED.values()], id="some"),
        pytest.param(
            [address for addresses in everywhere().values() for address in addresses],
            id="all",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_every_page_type_is_light_and_keeps_to_itself(
    demo: str, chromium: Browser, paths: list[str], width: int
) -> None:
    pages = {
        path: load(chromium, demo + path, width=width, scheme=LOOKS[width]).without_images()
        for path in paths
    }

    excessive = {
        path: (excesses(found, is_cyrillic=path.startswith("/sr/")), found)
        for path, found in pages.items()
    }
    assert {path: found for path, found in excessive.items() if found[0]} == {}
    for found in pages.values():
        assert found.total(".css"), "the style sheet was not seen"
        assert found.total("/fonts/"), "the fonts were not seen"


@pytest.fixture
def photograph(tmp_path: Path) -> str:
    """The path of a picture with as much in it as in a photograph of a workshop."""
    path = tmp_path / "workshop.jpg"
    noise = Image.effect_noise((1600, 1000), 90).filter(ImageFilter.GaussianBlur(2))
    noise.convert("RGB").save(path, quality=90)
    return str(path)


def test_home_is_light_with_its_pictures_on_a_sharp_phone(
    demo: str, chromium: Browser, photograph: str
) -> None:
    news = NewsIndexPage.objects.get(locale__language_code="en")
    for _number in range(3):
        NewsPageFactory(parent=news, listing_image=ImageFactory(file__from_path=photograph))

    found = load(chromium, f"{demo}/en/", width=390, density=3)

    assert sum("/media/" in path for path in found.sizes) >= 3
    assert found.total() <= HOME_BUDGET, found.sizes


def test_pictures_below_the_fold_wait_until_they_are_looked_for(demo: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/en/", "/en/news/", "/en/news/kick-off/"):
        page.goto(path)

        eager = page.evaluate(
            "[...document.images].filter(image => image.loading !== 'lazy'"
            " && image.currentSrc.includes('/media/')"
            " && image.getBoundingClientRect().top > innerHeight).map(image => image.src)"
        )

        assert eager == [], path
