"""Where the timeline draws what."""

from itertools import pairwise
from typing import Any

import pytest
from django.utils.translation import override

from v2v_pages.process.deadlines import Deadline, DepartureError, departure_from
from v2v_pages.process.kinds import DeadlineSide, DeadlineUnit, MobilityRole
from v2v_pages.process.steps import Module, Phase, Step, all_steps
from v2v_pages.process.timeline import MARGIN, WIDTH, Timeline, draw_timeline

BEFORE, AFTER = DeadlineSide.BEFORE, DeadlineSide.AFTER


def make(number: int, days: int | None, *roles: MobilityRole) -> Step:
    side = AFTER if (days or 0) > 0 else BEFORE
    deadline = None if days is None else Deadline(abs(days), DeadlineUnit.DAYS, side)
    empty: tuple[Any, ...] = ()
    return Step(
        str(number), number, f"Step {number}", "", roles, None, deadline, empty, empty, empty,
        empty, "en",
    )  # fmt: skip


def drawn(*steps: Step, title: str = "Module") -> Timeline:
    phases = (Phase("Phase", "", (Module(title, "", "/", "en", steps),)),)
    timeline = draw_timeline(phases, all_steps(phases))
    assert timeline is not None
    return timeline


def test_days_stand_in_their_order_inside_the_box() -> None:
    (band,) = drawn(make(1, -180), make(2, -1), make(3, 0), make(4, 60)).bands
    places = [dot.x for dot in band.lanes[0].dots]

    assert places == sorted(places)
    assert places[0] >= MARGIN
    assert places[-1] <= WIDTH - MARGIN


def test_dots_of_a_module_do_not_cover_each_other() -> None:
    timeline = drawn(*(make(number, -7) for number in range(1, 6)), make(6, -8))
    dots = timeline.bands[0].lanes[0].dots

    for one in dots:
        for other in dots:
            if one is not other:
                apart = (one.x - other.x) ** 2 + (one.y - other.y) ** 2
                assert apart >= (2 * timeline.radius) ** 2


def test_the_departure_is_named_and_weeks_keep_apart() -> None:
    timeline = drawn(make(1, -364), make(2, 28))
    labels = [tick.label for tick in timeline.ticks]
    places = [tick.x for tick in timeline.ticks]

    assert "0" in labels
    assert timeline.departure == places[labels.index("0")]
    assert all(b - a >= 26 for a, b in pairwise(places))


def test_the_first_side_of_a_step_colours_its_dot() -> None:
    roles = MobilityRole
    timeline = drawn(
        make(1, -9, roles.LEARNER, roles.HOST_SCHOOL), make(2, 0, roles.SENDING_SCHOOL), make(3, 9)
    )

    assert [dot.side for dot in timeline.bands[0].lanes[0].dots] == ["c", "a", "c"]


def test_without_any_deadline_nothing_is_drawn() -> None:
    phases = (Phase("Phase", "", (Module("Module", "", "/", "en", (make(1, None),)),)),)

    assert draw_timeline(phases, all_steps(phases)) is None


def test_a_long_name_is_shortened() -> None:
    label = drawn(make(1, 0), title="Long " * 40).bands[0].lanes[0].label

    assert label.endswith("…")
    assert len(label) * 7 < WIDTH


@pytest.mark.parametrize(
    ("amount", "unit", "side", "label"),
    [
        (0, "weeks", "after", "on the day of departure"),
        (1, "days", "before", "1 day before departure"),
        (2, "days", "after", "2 days after departure"),
        (1, "weeks", "after", "1 week after departure"),
        (8, "weeks", "before", "8 weeks before departure"),
    ],
)
def test_a_deadline_is_written_in_words(amount: int, unit: str, side: str, label: str) -> None:
    with override("en"):
        assert Deadline(amount, DeadlineUnit(unit), DeadlineSide(side)).label == label


def test_a_departure_is_a_day_of_this_age() -> None:
    assert departure_from(" 2027-03-15 ").isoformat() == "2027-03-15"
    for wrong in ("", "tomorrow", "1999-12-31", "2200-01-01"):
        with pytest.raises(DepartureError):
            departure_from(wrong)
