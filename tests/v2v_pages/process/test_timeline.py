"""Where the timeline draws what, and what readers get of it."""

from itertools import pairwise
from typing import Any

import pytest
from bs4 import Tag
from django.utils.translation import override

from tests.process import MobilityModulePageFactory, MobilityProcessPageFactory, fill, phase, step
from tests.sites import SiteTree
from tests.v2v_pages.documents import one, read, text_of
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

    for dot in dots:
        for other in dots:
            if dot is not other:
                apart = (dot.x - other.x) ** 2 + (dot.y - other.y) ** 2
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


@pytest.fixture
def process(site: SiteTree) -> Any:
    """Two phases; of the four steps of the first module, one has no deadline."""
    page = MobilityProcessPageFactory(parent=site.home)
    before = MobilityModulePageFactory(
        parent=page,
        title="Agreement",
        steps=[
            step("Sign", roles=["sending_school", "host_school"]),
            step("Pack", roles=["learner"], amount=3, unit="days"),
            step("Dream", amount=None),
            step("Welcome", roles=["host_school"], amount=0),
        ],
    )
    after = MobilityModulePageFactory(
        parent=page, title="Review", steps=[step("Talk", side="after", amount=1)]
    )
    return fill(page, phase(before, title="Before"), phase(after, title="After"))


def drawn_steps(figure: Tag) -> dict[str, tuple[str, str, str]]:
    """Returns by number what each dot is called, and how it is coloured."""
    found = {}
    for dot in figure.select("g.timeline__dot"):
        [side] = [name[-1] for name in dot["class"] if name.startswith("timeline__dot--")]
        title, _colon, deadline = text_of(one(dot, "title")).partition(": ")
        found[text_of(one(dot, "text"))] = (title, deadline, side)
    return found


def test_the_page_shows_the_timeline_as_one_picture_with_a_name(process: Any) -> None:
    page = read("/en/process/")
    picture = one(page, "figure.timeline > svg")

    assert picture["role"] == "img"
    name, description = (one(page, f"#{key}") for key in str(picture["aria-labelledby"]).split())
    assert text_of(name) == "Mobility process over time"
    assert "The list of steps below has the same numbers" in text_of(description)
    assert [text_of(band) for band in picture.select(".timeline__phase")] == ["Before", "After"]
    assert [text_of(lane) for lane in picture.select(".timeline__module")] == [
        "Agreement",
        "Review",
    ]


def test_the_list_below_has_the_numbers_of_the_dots_and_says_the_same(process: Any) -> None:
    page = read("/en/process/")
    dots = drawn_steps(one(page, "figure.timeline"))
    listed = {
        text_of(one(item, ".todo__number")): (text_of(one(item, "h4")), text_of(one(item, ".meta")))
        for item in page.select(".todo > li")
    }

    assert dots == {
        "1": ("Sign", "8 weeks before departure", "a"),
        "2": ("Pack", "3 days before departure", "c"),
        "4": ("Welcome", "on the day of departure", "b"),
        "5": ("Talk", "1 week after departure", "c"),
    }
    assert list(listed) == ["1", "2", "3", "4", "5"], "the third has no deadline and no dot"
    for number, (title, deadline, _side) in dots.items():
        assert listed[number][0] == title
        assert deadline in listed[number][1]
    assert [text_of(one(page, f".timeline__key--{side}")) for side in "abc"] == [
        "Sending school",
        "Host school",
        "Others",
    ]


def test_a_filter_keeps_the_numbers_of_what_it_shows(process: Any) -> None:
    page = read("/en/process/role/learner/")

    numbers = [text_of(number) for number in page.select(".todo__number")]
    assert list(drawn_steps(one(page, "figure.timeline"))) == [
        number for number in numbers if number != "3"
    ]
    assert "2" in numbers
    assert "1" not in numbers


def test_a_process_without_deadlines_shows_no_timeline(process: Any) -> None:
    module = MobilityModulePageFactory(parent=process, steps=[step("Dream", amount=None)])
    fill(process, phase(module))

    page = read("/en/process/")

    assert [text_of(heading) for heading in page.select(".todo h4")] == ["Dream"]
    assert page.select(".timeline") == []
