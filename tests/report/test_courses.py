"""Meetings are cut into days, days are counted, overlaps are kept apart: the ground of every report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from classplanner.report.courses import make_courses, split
from classplanner.report.entries import COLOURS, Writer
from classplanner.report.grids import class_grid
from classplanner.report.lanes import Bar, lane_blocks, used_halls
from classplanner.scenario import Component, Period, Scenario
from classplanner.timetable import Meeting
from tests.report.pages import LANGUAGE
from tests.report.samples import edited, hanoi, moved, plan, two_classes, year

MONDAY, TUESDAY = dt.date(2018, 4, 16), dt.date(2018, 4, 17)
THREE = ("morning", "afternoon", "evening")


def pieces(*slots: tuple[dt.date, str]) -> list[tuple[dt.date, int, int, int, int]]:
    parts = split(Meeting(cohorts=("K",), module="M", sessions=slots), 0, THREE)
    return [(part.date, part.first, part.length, part.number, part.total) for part in parts]


class TestSplit:
    def test_sessions_on_end_are_one_part(self) -> None:
        assert pieces((MONDAY, "afternoon"), (MONDAY, "evening")) == [(MONDAY, 1, 2, 1, 1)]

    def test_a_day_ends_a_part_and_so_does_a_gap(self) -> None:
        assert pieces((MONDAY, "morning"), (MONDAY, "evening"), (TUESDAY, "morning")) == [
            (MONDAY, 0, 1, 1, 3),
            (MONDAY, 2, 1, 2, 3),
            (TUESDAY, 0, 1, 3, 3),
        ]

    def test_neither_order_nor_repetition_counts(self) -> None:
        assert pieces((MONDAY, "evening"), (MONDAY, "afternoon"), (MONDAY, "evening")) == [
            (MONDAY, 1, 2, 1, 1)
        ]


class TestCourses:
    def test_class_days_are_the_working_days_from_opening_to_closing(self) -> None:
        (course,) = make_courses(hanoi(), plan(hanoi()), LANGUAGE["en"])
        assert course.class_days == 32
        assert [day.number for day in course.days[:4]] == [1, None, None, 2]
        assert course.days[-1].number == 32
        assert [len(stretch) for stretch in course.stretches] == [
            1,
            2,
            5,
            2,
            5,
            2,
            5,
            2,
            5,
            2,
            5,
            2,
            2,
            1,
            2,
            4,
            2,
        ]

    def test_meetings_outside_the_course_are_no_class_days(self) -> None:
        timetable = moved(plan(two_classes()), 8, (dt.date(2018, 4, 16), "morning"))
        course = make_courses(two_classes(), timetable, LANGUAGE["en"])[1]
        assert (course.class_days, len(course.days)) == (5, 17)
        assert [day.date.day for day in course.days if day.meets] == [16, 23, 24, 26, 27, 2]
        grid = class_grid(course, Writer(two_classes(), LANGUAGE["en"]))
        assert [cell.kind for cell in grid.weeks[0].rows[0][1]] == ["meeting", *["outside"] * 4]

    def test_they_stand_in_the_order_of_their_openings(self) -> None:
        scenario = two_classes()
        turned = scenario.model_copy(update={"cohorts": scenario.cohorts[::-1]})
        courses = make_courses(turned, plan(scenario), LANGUAGE["en"])
        assert [course.cohort.id for course in courses] == ["MC-1", "MC-2"]


class TestGrid:
    def test_meetings_that_overlap_in_part_share_the_sessions_of_both(self) -> None:
        scenario = edited(two_classes(), sessions=THREE)
        timetable = plan(scenario)
        timetable = moved(timetable, 0, *((MONDAY, session) for session in THREE))
        timetable = moved(timetable, 1, (MONDAY, "afternoon"))
        writer = Writer(scenario, LANGUAGE["en"])
        grid = class_grid(make_courses(scenario, timetable, LANGUAGE["en"])[0], writer)
        (cell,) = [cell for cell in grid.weeks[0].rows[0][1] if len(cell.entries) > 1]
        assert cell.rows == 3
        assert [(entry.module, entry.when) for entry in cell.entries][:2] == [
            ("KG", "all day"),
            ("TQ", "afternoon"),
        ]

    def test_another_room_than_the_own_is_named(self) -> None:
        scenario = year(2)
        timetable = plan(scenario)
        meetings = list(timetable.meetings)
        meetings[0] = meetings[0].model_copy(update={"room": "van-phu/phong-2"})
        timetable = timetable.model_copy(update={"meetings": tuple(meetings)})
        grid = class_grid(
            make_courses(scenario, timetable, LANGUAGE["en"])[0], Writer(scenario, LANGUAGE["en"])
        )
        notes = [
            note
            for _, cells in grid.weeks[0].rows
            for cell in cells
            for e in cell.entries
            for note in e.notes
        ]
        assert notes == ["in Phòng 2, Trung tâm bồi dưỡng, số 9 Văn Phú, Hà Đông"]

    def test_colours_begin_again_when_they_run_out_but_figures_go_on(self) -> None:
        scenario = two_classes()
        components = tuple(Component(id=f"c{number}") for number in range(COLOURS + 2))
        programme = scenario.programmes[0].model_copy(update={"components": components})
        legend = Writer(scenario.model_copy(update={"programmes": (programme,)}), LANGUAGE["en"]).legend(
            programme
        )
        assert [entry.colour for entry in legend] == [*range(1, COLOURS + 1), 1, 2]
        assert len({entry.figure for entry in legend}) == len(legend)


class TestLanes:
    def test_closures_run_on_over_days_off_but_not_over_class_days(self) -> None:
        closed: list[dict[str, object]] = [
            {"from": "2018-04-20", "to": "2018-04-23"},
            {"from": "2018-04-28", "to": "2018-04-29"},
            {"weekdays": ["wed"], "sessions": ["afternoon"]},
        ]
        bars = _bars(_closing(two_classes(), closed))
        assert [(bar.first, bar.last) for bar in bars if bar.kind == "closed"] == [
            (dt.date(2018, 4, 18), dt.date(2018, 4, 18)),
            (dt.date(2018, 4, 20), dt.date(2018, 4, 23)),
            (dt.date(2018, 5, 2), dt.date(2018, 5, 2)),
        ]

    def test_a_class_across_two_blocks_goes_on_in_the_second(self) -> None:
        bars = _bars(year(40))
        cut = [(bar.label, bar.before, bar.after) for bar in bars if bar.before or bar.after]
        assert cut
        for first, second in zip(cut[::2], cut[1::2], strict=True):
            assert (first[1:], second[1:]) == ((False, True), (True, False))
            assert first[0] == second[0]

    def test_short_classes_have_wide_days_and_no_name_is_cut_but_at_an_edge(self) -> None:
        scenario = two_classes()
        programme = scenario.programmes[0]
        brief = programme.model_copy(update={"days": 1, "modules": programme.modules[:2]})
        for shown, most in ((scenario.model_copy(update={"programmes": (brief,)}), 2), (year(40), 12)):
            timetable, writer = plan(shown), Writer(shown, LANGUAGE["en"])
            courses = make_courses(shown, timetable, LANGUAGE["en"])
            for block in lane_blocks(courses, used_halls(courses, writer), timetable, writer):
                assert len(block.weeks) <= most
                bars = [
                    bar for lane in block.lanes for row in lane.rows for bar in row if bar.kind == "class"
                ]
                assert all(bar.before or bar.after for bar in bars if block.is_narrow(bar))

    def test_a_guest_of_another_hall_has_a_bar_for_its_days(self) -> None:
        scenario = year(2)
        timetable = plan(scenario)
        meetings = list(timetable.meetings)
        meetings[2] = meetings[2].model_copy(update={"room": "van-phu/phong-2"})
        writer = Writer(scenario, LANGUAGE["en"])
        timetable = timetable.model_copy(update={"meetings": tuple(meetings)})
        courses = make_courses(scenario, timetable, LANGUAGE["en"])
        blocks = lane_blocks(courses, used_halls(courses, writer), timetable, writer)
        rows = blocks[0].lanes[1].rows
        assert [bar.label for row in rows for bar in row if bar.kind == "class"] == [
            "mot-cua-2018-02",
            "mot-cua-2018-01: MC",
            "mot-cua-2018-01: MC",
        ]


def _closing(scenario: Scenario, periods: Sequence[dict[str, object]]) -> Scenario:
    closed = tuple(Period.model_validate(period) for period in periods)
    venue = scenario.venues[0].model_copy(update={"closed": closed})
    return scenario.model_copy(update={"venues": (venue,)})


def _bars(scenario: Scenario) -> list[Bar]:
    """The bars of the first hall, in order of time."""
    timetable, writer = plan(scenario), Writer(scenario, LANGUAGE["en"])
    courses = make_courses(scenario, timetable, LANGUAGE["en"])
    blocks = lane_blocks(courses, used_halls(courses, writer), timetable, writer)
    bars = [bar for block in blocks for row in block.lanes[0].rows for bar in row]
    return sorted(bars, key=lambda bar: bar.first)
