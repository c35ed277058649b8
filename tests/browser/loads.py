"""What a page weighs on its way to a first visitor, and what it may weigh.

The budgets are those of the public site: bytes on the wire, requests, hosts, cookies, reports of
the content security policy.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

KILOBYTE: Final = 1024
HOME_BUDGET: Final = 250 * KILOBYTE
"""What the home page may weigh with its pictures, on a sharp phone."""
PACKED_TYPES: Final = ("font/", "image/avif", "image/jpeg", "image/png", "image/webp")

Scheme = Literal["light", "dark"]


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


def load(
    chromium: Browser,
    url: str,
    *,
    width: int = 1280,
    density: int = 1,
    scheme: Scheme = "light",
) -> Load:
    """Opens an address with an empty cache and reads it to its end.

    What led there from an address in another language is no part of the page.
    """
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    with chromium.new_context(
        viewport={"width": width, "height": 844},
        device_scale_factor=density,
        color_scheme=scheme,
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
        asked = [request for request in asked if not request.redirected_to]
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


def costs_of(found: Load, *, is_cyrillic: bool) -> dict[str, tuple[int, int]]:
    """Returns what a page costs, and what it may cost, by name."""
    return {
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


def excesses(found: Load, *, is_cyrillic: bool) -> dict[str, tuple[int, int]]:
    """Returns what is more than a page may cost."""
    costs = costs_of(found, is_cyrillic=is_cyrillic)
    return {name: cost for name, cost in costs.items() if cost[0] > cost[1]}
