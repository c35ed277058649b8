"""What is wrong with a page as browsers have it: barriers (axe), its HTML, and its width."""

import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parents[2]
NODE_MODULES: Final = ROOT / "node_modules"

WIDTHS: Final = (390, 1280)
"""A phone's and a desk's, in CSS pixels."""
Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
REFLOWS: Final = ((320, "100%"), (1280, "200%"))
"""Where nothing may scroll sideways: the width, and the size of letters."""

Place = tuple[str, int, str, str]
"""Address, width, scheme, and what of the page."""


@cache
def axe_source() -> str:
    """Returns the program; it is evaluated, since the site's policy refuses script elements."""
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, selector: str = "html", *rules: str) -> list[dict[str, Any]]:
    """Returns what axe finds wrong in part of a page: rule, help and the elements."""
    if not page.evaluate(
        "selector => 'axe' in window || !document.querySelector(selector)", selector
    ):
        page.evaluate(axe_source())
    found = page.evaluate(
        "async ([selector, rules]) => {"
        # what fades in has no colour of its own yet
        " const moving = document.getAnimations().filter("
        "   each => each.effect.getComputedTiming().endTime !== Infinity);"
        " moving.forEach(each => each.finish());"
        " return document.querySelector(selector) ? (await axe.run(selector,"
        " rules.length ? {runOnly: rules} : {rules: {'target-size': {enabled: true}}}"
        ")).violations : []; }",
        [selector, rules],
    )
    return [
        {"rule": rule["id"], "help": rule["help"], "at": [n["target"] for n in rule["nodes"]]}
        for rule in found
    ]


def barriers(
    page: Page, path: str, width: int, schemes: Sequence[Scheme] = SCHEMES
) -> dict[Place, list[dict[str, Any]]]:
    """Returns what axe finds at a width, in light and dark, menus and explanations opened, too."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    found: dict[Place, list[dict[str, Any]]] = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        # in another light, nothing but the colours is another
        rules = () if scheme == schemes[0] else ("color-contrast",)
        unfold(page, "main details")
        found[path, width, scheme, "menus closed"] = violations(page, "html", *rules)
        unfold(page, "header details")
        # what they cover was measured before, and cannot be touched now
        found[path, width, scheme, "menus opened"] = violations(page, "header details", *rules)
        unfold(page, "main details")
        explain(page)
        found[path, width, scheme, "term"] = violations(page, ":popover-open", *rules)
    return {place: wrong for place, wrong in found.items() if wrong}


def unfold(page: Page, selector: str) -> None:
    """Opens what a selector names, and nothing else, whether or not all would fit at once."""
    page.evaluate(
        "selector => { for (const each of document.querySelectorAll('details'))"
        " { each.removeAttribute('name'); each.open = each.matches(selector); }"
        " document.querySelector(':popover-open')?.hidePopover(); }",
        selector,
    )


def explain(page: Page) -> None:
    """Lets the page explain its first term, if it has one."""
    page.evaluate("document.querySelector('button.term')?.click()")


def sideways(page: Page, path: str) -> list[tuple[str, int, str]]:
    """Returns where a page scrolls sideways: the address, the width, the size of letters."""
    found = []
    for width, letters in REFLOWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append((path, width, letters))
    return found


def validate(folder: Path, config: str, documents: Mapping[str, str]) -> str:
    """Returns what html-validate finds wrong with documents, by address; nothing is ""."""
    files = []
    for address, html in documents.items():
        files.append(folder / f"{address.strip('/').replace('/', ' ') or 'root'}.html")
        files[-1].write_text(html, encoding="utf-8")
    run = subprocess.run(
        [
            NODE_MODULES / ".bin" / "html-validate",
            "--config",
            Path(__file__).with_name(config),
            *files,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr
