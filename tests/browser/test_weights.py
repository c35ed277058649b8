"""The public site is light: what each type of page weighs on its way to a first visitor."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, Request

from tests.browser.site_report import PAGES
from tests.factories import ImageFactory, NewsPageFactory
from v2v_pages.models import NewsIndexPage

pytestmark = pytest.mark.browser

KILOBYTE = 1024
PACKED_TYPES = ("font/", "image/avif", "image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Load:
    """What a browser with an empty cache asked for: bytes on the wire by path, and the rest."""

    sizes: Mapping[str, int]
    hosts: frozenset[str]
    kinds: frozenset[str]
    violations: list[str]
    cookies: int

    def total(self, part: str = "") -> int:
        """Returns the bytes of all that has this part in its path."""
        return sum(size for path, size in self.sizes.items() if part in path)

    def without_images(self) -> "Load":
        """Returns the same without pictures of the content."""
        sizes = {path: size for path, size in self.sizes.items() if "/media/" not in path}
        return Load(sizes, self.hosts, self.kinds, self.violations, self.cookies)


def load(chromium: Browser, url: str, *, width: int = 1280, density: int = 1) -> Load:
    """Opens an address with an empty cache and reads it to its end."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    with chromium.new_context(
        viewport={"width": width, "height": 844}, device_scale_factor=density
    ) as context:
        page = context.new_page()
        page.on("request", note)
        page.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation',"
            " event => violations.push(event.violatedDirective + ' ' + event.blockedURI));"
        )
        page.goto(url)
        page.evaluate("() => document.fonts.ready.then(() => null)")
        see_pictures(page)
        return Load(
            {urlsplit(request.url).path: weight(request) for request in asked},
            frozenset(urlsplit(request.url).netloc for request in asked),
            frozenset(request.resource_type for request in asked),
            page.evaluate("violations"),
            len(context.cookies()),
        )


def see_pictures(page: Page) -> None:
    """Scrolls to every picture, lazy ones, too, until it is there."""
    page.evaluate(
        "async () => { for (const image of document.images) {"
        " image.scrollIntoView(); await image.decode(); } }"
    )


def weight(request: Request) -> int:
    """Returns the bytes of a body on the wire; plain text of the test server's is packed first."""
    response = request.response()
    assert response, request.url
    headers = response.headers
    if "content-encoding" in headers or headers["content-type"].startswith(PACKED_TYPES):
        return request.sizes()["responseBodySize"]
    assert headers["content-type"].startswith(("text/css", "image/svg+xml")), request.url
    return len(gzip.compress(response.body()))


def excesses(found: Load, *, is_cyrillic: bool) -> dict[str, object]:
    """Returns what is more than a page may cost."""
    costs: dict[str, tuple[int, int]] = {
        "bytes": (found.total(), (72 if is_cyrillic else 60) * KILOBYTE),
        "style": (found.total(".css"), 8 * KILOBYTE),
        "fonts": (found.total("/fonts/"), (50 if is_cyrillic else 34) * KILOBYTE),
        # browsers ask for the icon by themselves, after the page and once for the whole site
        "requests": (sum("favicon" not in path for path in found.sizes), 6),
        "scripts": (len(found.kinds & {"script"}), 0),
        "hosts": (len(found.hosts), 1),
        "cookies": (found.cookies, 0),
        "violations of the policy": (len(found.violations), 0),
    }
    return {name: cost for name, cost in costs.items() if cost[0] > cost[1]}


def test_every_page_type_is_light_and_keeps_to_itself(demo: str, chromium: Browser) -> None:
    pages = {name: load(chromium, demo + path).without_images() for name, path in PAGES.items()}

    excessive = {
        name: (excesses(found, is_cyrillic="Cyrillic" in name), found)
        for name, found in pages.items()
    }
    assert {name: found for name, found in excessive.items() if found[0]} == {}
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
    assert found.total() <= 250 * KILOBYTE, found.sizes


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
