"""The year board: classes below one another by hall, weeks side by side, coloured by component."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from classplanner.language import Language
from classplanner.report.courses import Course, CourseDay
from classplanner.report.entries import Legend, Writer
from classplanner.report.words import day_range

__all__ = ["Board", "BoardLane", "BoardMonth", "BoardRow", "BoardWeek", "year_board"]

_DAY = dt.timedelta(days=1)
_WIDE = 60
"""Weeks beyond which months have no room for their names."""


@dataclass(frozen=True)
class BoardWeek:
    """A week of a class.

    Attributes
    ----------
    stripes
        The background that shows its sessions in their order: ``colour from% to%`` of a gradient.
    title
        Its dates, and the ids of its modules.
    """

    stripes: str
    title: str


@dataclass(frozen=True)
class BoardRow:
    """A class: so many weeks before it opens, its weeks, and so many after it."""

    course: Course
    before: int
    weeks: tuple[BoardWeek, ...]
    after: int


@dataclass(frozen=True)
class BoardLane:
    """A hall with its classes, by their openings; without a name where classes have no hall."""

    room: str
    name: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True)
class BoardMonth:
    """A month above its weeks; a week belongs to the month of its Thursday.

    Attributes
    ----------
    name, title
        What stands there, and in full.
    """

    name: str
    title: str
    weeks: int


@dataclass(frozen=True)
class Board:
    """All classes of a plan.

    Attributes
    ----------
    weeks
        The Mondays.
    at_once
        How many classes meet in each week.
    legends
        The components of each programme that is taught, by the programme's name.
    """

    weeks: tuple[dt.date, ...]
    years: tuple[BoardMonth, ...]
    months: tuple[BoardMonth, ...]
    lanes: tuple[BoardLane, ...]
    at_once: tuple[int, ...]
    legends: tuple[tuple[str, tuple[Legend, ...]], ...]

    @property
    def most(self) -> int:
        """The most classes that meet in one week."""
        return max(self.at_once, default=0)


def year_board(courses: Sequence[Course], writer: Writer) -> Board | None:
    """Draw the year board; None where nothing is planned."""
    dates = [day.date for course in courses for day in (course.days[0], course.days[-1])]
    if not dates:
        return None
    first = _monday(min(dates))
    weeks = tuple(first + 7 * week * _DAY for week in range((_monday(max(dates)) - first).days // 7 + 1))
    rows = [_row(course, weeks, writer) for course in courses]
    programmes = dict.fromkeys(course.cohort.programme for course in courses)
    return Board(
        weeks=weeks,
        years=tuple(
            BoardMonth(str(run[0].year), str(run[0].year), len(run))
            for run in _runs(weeks, lambda day: day.year)
        ),
        months=tuple(
            _month(run, writer.language, brief=len(weeks) > _WIDE)
            for run in _runs(weeks, lambda day: (day.year, day.month))
        ),
        lanes=_lanes(rows, writer),
        at_once=tuple(_at_once(courses, monday) for monday in weeks),
        legends=tuple(
            (writer.names.programme(name), writer.legend(writer.scenario.programme_by_id[name]))
            for name in programmes
            if writer.scenario.programme_by_id[name].components
        ),
    )


def _monday(date: dt.date) -> dt.date:
    return date - date.weekday() * _DAY


def _runs(weeks: Sequence[dt.date], key: Callable[[dt.date], object]) -> Iterator[list[dt.date]]:
    """Join the Thursdays of the weeks of one year or month."""
    for _, days in groupby((monday + 3 * _DAY for monday in weeks), key=key):
        yield list(days)


def _month(run: Sequence[dt.date], language: Language, *, brief: bool) -> BoardMonth:
    """Name a month, by its number where there is no room for more."""
    name = str(run[0].month) if brief else language.short_month(run[0])
    return BoardMonth(name, language.month(run[0]), len(run))


def _lanes(rows: Sequence[BoardRow], writer: Writer) -> tuple[BoardLane, ...]:
    by_room: dict[str, list[BoardRow]] = defaultdict(list)
    for row in rows:
        by_room[row.course.room or ""].append(row)
    rooms = [f"{venue.id}/{room.id}" for venue in writer.scenario.venues for room in venue.rooms]
    order = [*rooms, *(room for room in by_room if room not in rooms)]
    return tuple(
        BoardLane(room, writer.names.room(room) if room else "", tuple(by_room[room]))
        for room in order
        if room in by_room
    )


def _row(course: Course, weeks: Sequence[dt.date], writer: Writer) -> BoardRow:
    by_week: Mapping[dt.date, list[CourseDay]] = defaultdict(list)
    for day in course.days:
        by_week[_monday(day.date)].append(day)
    own = [week for week in weeks if by_week.get(week)]
    before = weeks.index(own[0])
    return BoardRow(
        course=course,
        before=before,
        weeks=tuple(_week(by_week[week], course, writer) for week in own),
        after=len(weeks) - before - len(own),
    )


def _week(days: Sequence[CourseDay], course: Course, writer: Writer) -> BoardWeek:
    """Paint the sessions of a week side by side, a day off or a free session left white."""
    columns = writer.shown_weekdays
    sessions = len(writer.scenario.calendar.sessions)
    paint = [""] * (len(columns) * sessions)
    modules: dict[str, None] = {}
    for day in days:
        if day.date.weekday() not in columns:
            continue
        start = columns.index(day.date.weekday()) * sessions
        for part in day.parts:
            legend = writer.component(course.cohort.id, part.meeting.module)
            modules[part.meeting.module] = None
            for place in range(part.first, part.first + part.length):
                paint[start + place] = f"var(--b{legend.colour})"
    dates = day_range(days[0].date, days[-1].date)
    return BoardWeek(_stripes(paint), f"{dates}: {', '.join(modules)}" if modules else dates)


def _stripes(paint: Sequence[str]) -> str:
    """Write a gradient of hard stripes; neighbours of one colour are one stripe."""
    stripes, place = [], 0
    for colour, run in groupby(paint):
        end = place + len(list(run))
        start, stop = (round(100 * position / len(paint)) for position in (place, end))
        stripes.append(f"{colour or '#fff'} {start}% {stop}%")
        place = end
    return ",".join(stripes)


def _at_once(courses: Sequence[Course], monday: dt.date) -> int:
    last = monday + 6 * _DAY
    return sum(course.opens <= last and monday <= course.closes for course in courses)
