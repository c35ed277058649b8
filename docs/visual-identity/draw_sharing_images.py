"""Writes what social networks, which take no SVG, show of a site, and what cards are drawn on.

From the root of the checkout: .venv/bin/python docs/visual-identity/draw_sharing_images.py
"""

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

STATIC = Path("v2v_pages/static/v2v_pages")
FONT = base64.b64encode((STATIC / "fonts/geologica-latin.woff2").read_bytes()).decode()
TAIL = "M4 0h16v8l13-4v14l-13-4v16l13-4v14l-13-4v8H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"
STYLE = f"""
<style>
  @font-face {{
    font-family: "V2V Sans";
    src: url("data:font/woff2;base64,{FONT}");
    font-weight: 100 900
  }}
  body {{ margin: 0 }}
  text {{ font-family: "V2V Sans"; fill: #fff }}
</style>
"""
SITE = """
  <text x="460" y="345" font-size="200" font-weight="800" letter-spacing="-6">V2V</text>
  <text x="468" y="430" font-size="60" font-weight="400">VET to VET</text>
"""
# the white edge is prescribed on coloured grounds: a 25th of the height
FUNDED = '<img style="box-sizing: border-box; border: 3px solid #fff" width="102" height="70" '
FUNDED += 'src="data:image/svg+xml;base64,{}">'


def on_ground(*, mark_at: tuple[int, int], mark_size: int, words: str = "") -> str:
    """Returns the project's mark on its darkest green."""
    x, y = mark_at
    return f"""{STYLE}
<svg viewBox="0 0 1200 630" width="1200" height="630">
  <path fill="#063b36" d="M0 0h1200v630H0z" />
  <svg x="{x}" y="{y}" width="{mark_size}" height="{mark_size}" viewBox="0 0 44 44">
    <path fill="#f5a93b" d="M20 0h20a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H20z" />
    <path fill="#14786d" d="{TAIL}" />
  </svg>
  {words}
</svg>
"""


def draw(page: Page, drawing: str, file: Path, width: int = 1200, height: int = 630) -> None:
    """Writes a drawing as a PNG of few colours."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(drawing)
    page.evaluate("document.fonts.ready")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    tab = browser.new_page()
    emblem = base64.b64encode((STATIC / "eu-emblem.svg").read_bytes()).decode()
    (STATIC / "sharing").mkdir(exist_ok=True)
    site = on_ground(mark_at=(110, 175), mark_size=280, words=SITE)
    draw(tab, site, STATIC / "sharing.png")
    draw(tab, on_ground(mark_at=(80, 72), mark_size=64), STATIC / "sharing/ground.png")
    draw(tab, f"{STYLE}{FUNDED.format(emblem)}", STATIC / "sharing/emblem.png", 102, 70)
    browser.close()
