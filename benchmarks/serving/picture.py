"""Draws the table: processor time per answer, on a scale of powers of ten."""

from collections.abc import Sequence
from html import escape
from math import log10

from .rows import Row

WIDTH, LABELS, NUMBERS = 860, 250, 190
LINE, HEAD, FOOT = 26, 64, 56
COLOURS = {"hello": "#6b7280", "the same": "#6b7280", "ours": "#0b5b53"}
OTHERS = "#c2853f"
DECADES = {1e-5: "10 µs", 1e-4: "0.1 ms", 1e-3: "1 ms", 1e-2: "10 ms", 1e-1: "0.1 s"}


def draw(rows: Sequence[Row], title: str, note: str) -> str:
    """Returns the picture as SVG."""
    shown = sorted(rows, key=lambda row: row.cpu)
    height = HEAD + LINE * len(shown) + FOOT
    scale = Scale(min(row.cpu for row in shown) / 2, max(row.cpu for row in shown))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            'font-family="system-ui, sans-serif" font-size="13">'
        ),
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>',
        text(16, 28, title, 'font-size="17" font-weight="600"'),
        text(16, 48, "Processor time per answer, each bar beside answers a second"),
        *(guide for at, name in DECADES.items() for guide in guides(scale, at, name, height)),
        *(part for number, row in enumerate(shown) for part in bar(scale, number, row)),
        text(16, height - 12, note, 'fill="#555" font-size="11"'),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class Scale:
    """Where a number of seconds lies from left to right."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __call__(self, seconds: float) -> float:
        """Returns the place in pixels."""
        share = (log10(seconds) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return LABELS + share * (WIDTH - LABELS - NUMBERS)


def guides(scale: Scale, at: float, name: str, height: int) -> list[str]:
    """Draws the line of one power of ten, where it lies within the picture."""
    if not scale.low < at < scale.high:
        return []
    x, end = scale(at), height - FOOT + 6
    line = f'<path d="M{x:.1f} {HEAD - 6}V{end}" stroke="#ddd"/>'
    return [line, text(x, end + 14, name, 'text-anchor="middle" fill="#555" font-size="11"')]


def bar(scale: Scale, number: int, row: Row) -> list[str]:
    """Draws one row."""
    y = HEAD + LINE * number
    colour = next((c for name, c in COLOURS.items() if row.system.startswith(name)), OTHERS)
    end = scale(row.cpu)
    told = f"{row.cpu * 1000:.3g} ms, {row.per_second:,.0f}/s"
    return [
        text(LABELS - 10, y + 16, row.label, 'text-anchor="end"'),
        f'<rect x="{LABELS}" y="{y + 3}" width="{end - LABELS:.1f}" height="18" fill="{colour}"/>',
        text(end + 8, y + 16, told),
    ]


def text(x: float, y: float, words: str, more: str = "") -> str:
    """Writes some words."""
    return f'<text x="{x:.1f}" y="{y}" {more}>{escape(words)}</text>'
