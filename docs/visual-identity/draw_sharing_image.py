"""Writes sharing.png: what social networks, which take no SVG, show of a page without picture.

From the root of the checkout: .venv/bin/python docs/visual-identity/draw_sharing_image.py
"""

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

STATIC = Path("v2v_pages/static/v2v_pages")
FONT = base64.b64encode((STATIC / "fonts/geologica-latin.woff2").read_bytes()).decode()
TAIL = "M4 0h16v8l13-4v14l-13-4v16l13-4v14l-13-4v8H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"
DRAWING = f"""
<style>
  @font-face {{
    font-family: "V2V Sans";
    src: url("data:font/woff2;base64,{FONT}");
    font-weight: 100 900
  }}
  body {{ margin: 0 }}
  text {{ font-family: "V2V Sans"; fill: #fff }}
</style>
<svg viewBox="0 0 1200 630" width="1200" height="630">
  <path fill="#063b36" d="M0 0h1200v630H0z" />
  <svg x="110" y="175" width="280" height="280" viewBox="0 0 44 44">
    <path fill="#f5a93b" d="M20 0h20a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H20z" />
    <path fill="#14786d" d="{TAIL}" />
  </svg>
  <text x="460" y="345" font-size="200" font-weight="800" letter-spacing="-6">V2V</text>
  <text x="468" y="430" font-size="60" font-weight="400">VET to VET</text>
</svg>
"""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    page.set_content(DRAWING)
    page.evaluate("document.fonts.ready")
    drawn = Image.open(io.BytesIO(page.screenshot()))
    browser.close()

few_colours = drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE)
few_colours.save(STATIC / "sharing.png", optimize=True)
