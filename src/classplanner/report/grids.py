"""A class as a grid: weeks from above to below, weekdays side by side, the sessions of a day within."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classplanner.report.courses import Course, CourseDay, Part, describe_off_days
from classplanner.report.entries import Entry, Legend, Writer
from classplanner.report.words import count, day_range, sentence
from classplanner.scenario import WEEKDAYS

__all__ = ["Cell", "ClassGrid", "Heading", "Week", "class_grid"]


@dataclass(frozen=True)
class Heading:
    """The date above a cell: its weekday, its day and month, and which class day it is."""

    date: dt.date
    weekday: str
    text: str
    number: str


@dataclass(frozen=True)
class Cell:
    """A cell of the grid, `rows` sessions high; `kind` ``outside`` is before or after the course."""

    kind: Literal["meeting", "free", "off", "outside"]
    rows: int
    entries: tuple[Entry, ...] = ()
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Week:
    """A week of a course: a row of cells for each session, or, with no class day in it, why."""

    title: str
    dates: str
    headings: tuple[Heading | None, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    off: str


@dataclass(frozen=True)
class ClassGrid:
    """A class with all that its page shows."""

    course: Course
    programme: str
    room: str
    facts: tuple[str, ...]
    weekdays: tuple[str, ...]
    weeks: tuple[Week, ...]
    legend: tuple[Legend, ...]

    @property
    def is_short(self) -> bool:
        """Whether a printed page holds it in larger letters."""
        return sum(max(len(week.rows), 1) for week in self.weeks) <= 8


def class_grid(course: Course, writer: Writer) -> ClassGrid:
    """Lay out the page of one class."""
    language = writer.language
    by_monday: dict[dt.date, dict[int, CourseDay]] = defaultdict(dict)
    for day in course.days:
        by_monday[day.date - dt.timedelta(days=day.date.weekday())][day.date.weekday()] = day
    columns = sorted(
        {WEEKDAYS.index(weekday) for weekday in writer.scenario.calendar.weekdays}
        | {day.date.weekday() for day in course.days if day.meets}
    )
    weekdays = [sentence(language.weekday(dt.date(2018, 1, 1 + column))) for column in columns]
    weeks = tuple(
        _week(number, days, columns, course, writer)
        for number, (_, days) in enumerate(sorted(by_monday.items()), start=1)
        if any(column in days for column in columns)
    )
    return ClassGrid(
        course=course,
        programme=writer.names.programme(course.cohort.programme),
        room=writer.names.room(course.room) if course.room else language.text("report.no-room"),
        facts=(
            count("class-days", course.class_days, language),
            count("trainees", course.cohort.size, language),
        ),
        weekdays=tuple(weekdays),
        weeks=weeks,
        legend=writer.legend(writer.programme_of[course.cohort.id]),
    )


def _week(
    number: int, days: Mapping[int, CourseDay], columns: Sequence[int], course: Course, writer: Writer
) -> Week:
    language = writer.language
    shown = [days[column] for column in columns if column in days]
    dates = day_range(shown[0].date, shown[-1].date)
    title = language.text("report.week", number=number)
    if not any(day.meets for day in shown):
        return Week(title, dates, (), (), " · ".join(describe_off_days(shown, language)))
    cells = [_column(days.get(column), course, writer) for column in columns]
    sessions = writer.scenario.calendar.sessions
    rows = tuple(
        (sentence(language.session(session)), tuple(column[place] for column in cells if place in column))
        for place, session in enumerate(sessions)
    )
    headings = tuple(_heading(days.get(column), writer) for column in columns)
    return Week(title, dates, headings, rows, "")


def _heading(day: CourseDay | None, writer: Writer) -> Heading | None:
    if day is None:
        return None
    number = writer.language.text("report.day-number", number=day.number) if day.number else ""
    return Heading(day.date, sentence(writer.language.weekday(day.date)), f"{day.date:%d/%m}", number)


def _column(day: CourseDay | None, course: Course, writer: Writer) -> dict[int, Cell]:
    """Stack the cells of one day, each keyed by the session it begins with."""
    sessions, language = len(writer.scenario.calendar.sessions), writer.language
    if day is None or (day.status.is_working and not day.meets):
        return {0: Cell("outside", sessions)}
    note = "" if day.status.kind == "working" else language.text(f"report.day.{day.status.kind}")
    if not day.meets:
        return {0: Cell("off", sessions, note=sentence(note), reason=day.status.reason)}
    cells: dict[int, Cell] = {}
    row = 0
    for first, length, parts in _clusters(day.parts):
        if row < first:
            cells[row] = Cell("free", first - row, note=note)
        entries = writer.entries(parts, course.cohort.id, course.room)
        cells[first] = Cell("meeting", length, entries, note=note)
        row = first + length
    if row < sessions:
        cells[row] = Cell("free", sessions - row, note=note)
    return cells


def _clusters(parts: Sequence[Part]) -> list[tuple[int, int, list[Part]]]:
    """Join parts that overlap, as a breach of the rules may make them: one cell holds them all."""
    clusters: list[tuple[int, int, list[Part]]] = []
    for part in parts:
        if clusters and part.first < clusters[-1][0] + clusters[-1][1]:
            first, length, members = clusters[-1]
            clusters[-1] = (first, max(length, part.first + part.length - first), [*members, part])
        else:
            clusters.append((part.first, part.length, [part]))
    return clusters
