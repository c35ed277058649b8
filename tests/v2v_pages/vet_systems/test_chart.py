"""The chart of a system: every programme, nothing outside of the canvas, and readable without."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from lxml import etree

from tests.vet_systems import programme
from v2v_pages.vet_systems.chart import LETTER, SystemChart, ages_of, draw_chart
from v2v_pages.vet_systems.profiles import ProgrammeRow

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Strukovni program za stjecanje kvalifikacije tehničara za električne strojeve"


def rows(*programmes: Any) -> list[ProgrammeRow]:
    return [ProgrammeRow(each, "en") for each in programmes]


PROGRAMMES = rows(
    programme("Tehničar"),
    programme("Kuhar", eqf_level=3, age_from=15, age_to=18),
    programme(LONG, eqf_level=5, age_from=19, age_to=21),
    programme("Majstor & <mojster>", eqf_level=5, age_from=24, age_to=None),
    programme("Bez razine", eqf_level=None),
    programme("Bez dobi", age_from=None, age_to=None),
)


def drawn(chart: SystemChart | None) -> Any:
    """Returns the drawing as a browser parses it."""
    context = {"chart": chart, "key": "hr", "name": "Croatia", "served": "en"}
    html = render_to_string("v2v_components/vet_chart.html", context)
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    return etree.fromstring(svg.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


@pytest.fixture
def drawing() -> Any:
    return drawn(draw_chart(PROGRAMMES))


def test_every_programme_is_in_the_drawing(drawing: Any) -> None:
    names = [group.findtext(f"{SVG}title") for group in drawing.iter(f"{SVG}g")]

    assert sorted(map(str, names)) == sorted(row.facts.name for row in PROGRAMMES)


def test_the_drawing_has_a_name_and_a_description(drawing: Any) -> None:
    assert drawing.get("role") == "img"
    words = {child.get("id"): child.text for child in drawing if child.get("id")}
    named = str(drawing.get("aria-labelledby")).split()
    assert [bool(words[key]) for key in named] == [True, True]
    assert "Croatia" in str(words[named[0]])


def test_the_drawing_needs_no_style_of_its_own(drawing: Any) -> None:
    assert [one.tag for one in drawing.iter() if one.get("style")] == []
    assert list(drawing.iter(f"{SVG}style")) == []


def test_nothing_leaves_the_canvas(drawing: Any) -> None:
    _x, _y, width, height = map(float, str(drawing.get("viewBox")).split())
    for text in drawing.iter(f"{SVG}text"):
        x, y = float(str(text.get("x"))), float(str(text.get("y")))
        length = len(text.text or "") * LETTER
        left = x - length / 2 if text.get("text-anchor") == "middle" else x
        assert left >= 0, text.text
        assert left + length <= width + LETTER, text.text
        assert 10 <= y <= height, text.text
    for bar in drawing.iter(f"{SVG}rect"):
        x, y, w, h = (float(str(bar.get(name))) for name in ("x", "y", "width", "height"))
        assert w > 0
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height


def test_no_name_covers_another_or_a_bar(drawing: Any) -> None:
    names = [float(str(g.find(f"{SVG}text").get("y"))) for g in drawing.iter(f"{SVG}g")]
    bars = [float(str(bar.get("y"))) for bar in drawing.iter(f"{SVG}rect")]

    assert all(abs(a - b) >= 30 for i, a in enumerate(names) for b in names[:i])
    assert all(bar - name >= 4 or name - bar >= 14 + 10 for name in names for bar in bars)


def test_levels_stand_from_the_highest_to_those_that_have_none() -> None:
    chart = draw_chart(PROGRAMMES)

    assert chart is not None
    assert [level.number for level in chart.levels] == [5, 4, 3, None]
    assert [bar.row.facts.name for bar in chart.levels[0].bars] == [LONG, "Majstor & <mojster>"]


def test_a_bar_is_as_long_as_its_programme() -> None:
    short, long = rows(
        programme("short", age_from=15, age_to=17), programme("long", age_from=15, age_to=19)
    )

    chart = draw_chart([short, long])

    assert chart is not None
    widths = {bar.label: bar.width for level in chart.levels for bar in level.bars}
    assert widths["long"] == pytest.approx(2 * widths["short"], abs=0.2)


def test_without_a_last_age_the_years_count() -> None:
    row = rows(programme(age_to=None, duration_years=Decimal("2.5")))

    assert ages_of(row) == (15, 19), "15 to 17.5, on a scale of at least four years"


def test_a_programme_without_ages_has_no_bar() -> None:
    drawing = drawn(draw_chart(rows(programme("Bez dobi", age_from=None, age_to=None))))

    assert list(drawing.iter(f"{SVG}rect")) == []
    assert [one.get("stroke-dasharray") for one in drawing.findall(f"{SVG}g/{SVG}line")] == ["2 4"]


def test_charts_side_by_side_have_one_scale() -> None:
    young, old = rows(programme(age_from=14, age_to=15), programme(age_from=20, age_to=24))
    ages = ages_of([young, old])

    charts: list[Any] = [draw_chart([row], ages) for row in (young, old)]

    assert ages == (14, 24)
    assert charts[0].ticks == charts[1].ticks


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_chart([]) is None
    assert ages_of([]) is None
