"""The page that documents the API, for every reader and under the site's strict policy."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATH = "/api/v1/docs/"


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        pytest.param(390, "light", marks=pytest.mark.slow),
        pytest.param(1280, "light", marks=pytest.mark.slow),
    ],
)
def test_nobody_is_kept_out_of_the_documentation(
    page: Page, axe: Callable[[], list[dict[str, Any]]], width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    page.goto(PATH)

    assert axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "992px"


def test_the_documentation_is_valid_html(
    page: Page, html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    response = page.goto(PATH)

    assert response
    assert html_errors({"documentation": response.text()}) == ""
