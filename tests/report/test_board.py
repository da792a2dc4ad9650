"""The year board has every class in its weeks, and what differs from another plan is listed and marked."""

from __future__ import annotations

import datetime as dt
import re

from classplanner.diff import compare
from classplanner.language import Language
from classplanner.report import render_html
from classplanner.report.board import year_board
from classplanner.report.changes import changes
from classplanner.report.courses import make_courses
from classplanner.report.entries import Writer
from classplanner.rules import Names
from classplanner.scenario import Scenario
from tests.report.pages import LANGUAGE, page, read
from tests.report.samples import moved, plan, two_classes, year


def test_every_class_stands_in_its_weeks(scenario: Scenario) -> None:
    timetable = plan(scenario)
    courses = make_courses(scenario, timetable, LANGUAGE["vi"])
    board = year_board(courses, Writer(scenario, LANGUAGE["vi"]))
    assert board is not None
    rows = [row for lane in board.lanes for row in lane.rows]
    assert {row.course.cohort.id for row in rows} == {course.cohort.id for course in courses}
    for row in rows:
        first = board.weeks[row.before]
        assert first <= row.course.days[0].date < first + dt.timedelta(days=7)
        assert row.before + len(row.weeks) + row.after == len(board.weeks)
    assert (
        sum(month.weeks for month in board.months)
        == sum(span.weeks for span in board.years)
        == len(board.weeks)
    )
    for place, monday in enumerate(board.weeks):
        sunday = monday + dt.timedelta(days=6)
        assert board.at_once[place] == sum(
            course.opens <= sunday and monday <= course.closes for course in courses
        )


def test_lanes_are_halls_in_the_order_of_the_scenario() -> None:
    scenario = year()
    courses = make_courses(scenario, plan(scenario), LANGUAGE["vi"])
    board = year_board(courses, Writer(scenario, LANGUAGE["vi"]))
    assert board is not None
    assert [lane.name.split(",")[0] for lane in board.lanes] == ["Hội trường", "Phòng 2"]
    for lane in board.lanes:
        openings = [row.course.opens for row in lane.rows]
        assert openings == sorted(openings)


def test_stripes_are_the_sessions_of_the_week() -> None:
    scenario = two_classes()
    root = page(scenario, plan(scenario))
    week = next(root.one("section", id="board").every("td", kind="w"))
    assert re.fullmatch(r"\d\d/\d\d(–\d\d/\d\d)?: [\w, -]+", week["title"])
    stops = re.findall(r"(var\(--b\d\)|#fff) (\d+)% (\d+)%", week["style"])
    assert [int(start) for _, start, _ in stops] == [0, *(int(stop) for _, _, stop in stops[:-1])]
    assert stops[-1][2] == "100"


def test_nothing_planned_has_no_board() -> None:
    scenario = two_classes()
    empty = plan(scenario).model_copy(update={"cohorts": (), "meetings": ()})
    assert not list(page(scenario, empty).every("section", id="board"))


def test_what_differs_is_listed_and_marked() -> None:
    scenario = two_classes()
    base = plan(scenario)
    index = next(place for place, one in enumerate(base.meetings) if len(one.sessions) == 1 and one.lecturers)
    old = base.meetings[index]
    date = old.sessions[0][0] + dt.timedelta(days=1)
    new = moved(base, index, (date, old.sessions[0][1]))
    text = render_html(scenario, new, Language("vi"), base=base)
    root = read(text)
    (row,) = root.one("section", id="changes").one("tbody").every("tr")
    assert old.cohorts[0] in row.text
    assert f"{old.sessions[0][0]:%d/%m/%Y}" in row.text
    assert f"{date:%d/%m/%Y}" in row.text
    (mark,) = root.every("div", kind="changed")
    assert mark["data-meeting"] == str(index)


def test_classes_that_come_go_or_move_are_told() -> None:
    scenario = two_classes()
    base, names, language = plan(scenario), Names(scenario), Language("en")
    gone = base.model_copy(update={"cohorts": base.cohorts[1:]})
    assert changes(compare(base, base), names, language) == ()
    (change,) = changes(compare(base, gone), names, language)
    assert (change.cohort, change.kind, change.now) == (base.cohorts[0].id, "dropped", "")
    (change,) = changes(compare(gone, base), names, language)
    assert (change.kind, change.before) == ("new", "")
    same = render_html(scenario, base, Language("en"), base=base)
    assert "Nothing has changed." in same
