"""The map shows as much as the records know, and always the same."""

import math
from itertools import combinations

import pytest

from tests.factories import CountryFactory, PartnerFactory, TwinningFactory
from tests.sites import build_partnership
from v2v_pages.map import HEIGHT, WIDTH, TwinningMap, draw_map, project


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        # computed by d3-geo 3.1, which drew the land
        ((8.03, 44.70), (99.33507825904186, 500.163438125242)),
        ((18.84, 42.29), (287.77944093526406, 561.0200901161388)),
        ((26.20, 64.50), (332.86772891376324, 19.230505158914184)),
        ((2.17, 41.40), (-13.700447447356453, 565.8439407058395)),
    ],
)
def test_positions_fall_where_the_land_was_drawn(
    position: tuple[float, float], expected: tuple[float, float]
) -> None:
    assert project(*position) == pytest.approx(expected, abs=1e-6)


@pytest.fixture
def drawing(db: None) -> TwinningMap:
    return draw_map(build_partnership())


def test_every_pair_is_drawn_within_the_map(drawing: TwinningMap) -> None:
    assert [pair.number for pair in drawing.pairs] == [1, 2, 3, 4, 5]
    for pair in drawing.pairs:
        for place in (pair.european, pair.balkan):
            assert 0 <= place.x <= WIDTH
            assert 0 <= place.y <= HEIGHT


def test_only_schools_whose_town_is_known_stand_at_a_point(drawing: TwinningMap) -> None:
    first = drawing.pairs[0]
    assert first.european.is_exact
    assert (first.european.x, first.european.y) == (99, 500)
    assert [school.short_name for school in drawing.vague] == [
        "Noorderpoort",
        "SEDU",
        "JU SSŠ “Ivan Uskoković”",
        "GSC",
        "Diakonie Training Center",
    ]


def test_no_school_covers_another(drawing: TwinningMap) -> None:
    places = [
        (place, radius)
        for p in drawing.pairs
        for place, radius in ((p.european, 10), (p.balkan, 6))
    ]

    for (one, radius), (other, other_radius) in combinations(places, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) > radius + other_radius - 1


@pytest.mark.django_db
def test_many_schools_of_one_country_stand_side_by_side() -> None:
    kosovo = CountryFactory(kosovo=True)
    pairs = [
        TwinningFactory(balkan_school=PartnerFactory(balkan=True, country=kosovo)) for _ in range(6)
    ]

    drawing = draw_map(pairs)

    assert len({(pair.balkan.x, pair.balkan.y) for pair in drawing.pairs}) == 6
    assert len({(pair.european.x, pair.european.y) for pair in drawing.pairs}) == 6


@pytest.mark.django_db
def test_the_same_records_give_the_same_drawing() -> None:
    pairs = build_partnership()

    assert draw_map(pairs) == draw_map(list(pairs))


@pytest.mark.django_db
def test_a_pair_that_reaches_out_of_the_map_is_left_to_the_list() -> None:
    far = CountryFactory(code="IS", latitude="64.90", longitude="-18.60")
    pair = TwinningFactory(european_school=PartnerFactory(country=far))

    drawing = draw_map([pair])

    assert drawing.pairs == ()
    assert drawing.vague == pair.schools


def test_each_side_has_its_own_land(drawing: TwinningMap) -> None:
    assert drawing.european_land.startswith("M")
    assert drawing.balkan_land.startswith("M")
    assert drawing.european_land not in drawing.balkan_land
